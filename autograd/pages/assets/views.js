// The picture

function showPicture(step) {
  const isBack = step?.kind === "backward";
  const active = new Set(step ? segmentsOf(step) : []);
  const chosen = new Set(segmentsSelected());
  for (const line of document.querySelectorAll("[data-segment]")) {
    const position = Number(line.dataset.segment);
    line.classList.toggle("active", active.has(position));
    line.classList.toggle("back", active.has(position) && isBack);
    line.classList.toggle("selected", chosen.has(position));
  }
  for (const group of document.querySelectorAll("[data-value]")) showValue(group, step);
  byId("legend").textContent = legend();
  for (const group of document.querySelectorAll(".value.current")) bringIntoFrame(byId("stage"), group);
}

function segmentsOf({ kind, value }) {
  if (kind === "update") return [];
  const through = kind === "backward" ? readersOf[value] : operandsOf[value];
  return through.flatMap((edge) => edges[edge].segments);
}

function showValue(group, step) {
  const place = Number(group.dataset.value);
  const { data, gradient, updated } = known(place);
  const number = updated.text && !updated.isAhead ? updated : data;
  write(group.querySelector(".data"), number);
  write(group.querySelector(".gradient"), gradient, "∂ ");
  const flat = number.text ? flatness(place) : null;
  group.querySelector(".mark").textContent = flat?.mark ?? "";
  const { name } = values[place];
  const slope = gradient.text && `, gradient ${gradient.text}`;
  const words = `${name}${number.text && ` = ${number.text}`}${slope}${flat ? `. ${flat.means}` : ""}`;
  group.querySelector("title").textContent = words;
  group.setAttribute("aria-label", words);
  group.setAttribute("aria-pressed", state.selected?.value === place);
  group.classList.toggle("current", step?.value === place);
  group.classList.toggle("back", step?.kind === "backward");
}

function write(element, { text, isAhead }, before = "") {
  element.textContent = text && before + text;
  const room = DATA.digits + Number(element.parentNode.dataset.more);
  element.classList.toggle("long", element.textContent.length > room);
  element.classList.toggle("ahead", isAhead);
}

// What the marks mean that are to be seen.
function legend() {
  const marks = new Set([...document.querySelectorAll(".mark")].map(({ textContent }) => textContent));
  const meanings = { flat: "flat: hardly any gradient gets through", off: "off: no gradient gets through" };
  return Object.keys(meanings).filter((mark) => marks.has(mark)).map((mark) => meanings[mark]).join(" · ");
}

// Where the picture is larger than its frame, the current Value is brought into it; likewise the
// row of the table.
function bringIntoFrame(frame, element) {
  const [around, inner] = [frame.getBoundingClientRect(), element.getBoundingClientRect()];
  if (!inner.width) return;
  const isAcross = inner.left >= around.left && inner.right <= around.right;
  const isDown = inner.top >= around.top && inner.bottom <= around.bottom;
  if (isAcross && isDown) return;
  const middle = ({ left, top, width, height }) => [left + width / 2, top + height / 2];
  const [[x, y], [toX, toY]] = [middle(inner), middle(around)];
  frame.scrollBy(x - toX, y - toY);
}

// The step in words and formulas

function showStep(step) {
  const phase = PHASES.find(({ kinds }) => kinds.includes(step?.kind));
  const where = [`Epoch ${state.epoch + 1}`];
  where.push(step ? `${phase.title}: step ${state.step} of ${steps.length}` : "start");
  byId("where").textContent = where.join(" · ");
  byId("title").innerHTML = step ? step.title : state.epoch ? "The new weights" : "What is given";
  byId("formula").hidden = !step;
  byId("formula").replaceChildren(...(step ? stepFormula(step) : []));
  fit(byId("formula"));
  byId("note").innerHTML = step ? note(step) : introduction();
  const spoken = step ? `${step.spoken} ${numberText(numberAt(step.result))}` : "";
  byId("live").textContent = [...where, spoken].join(". ");
}

function introduction() {
  const error = values[DATA.error].html;
  if (!state.epoch) {
    return `Inputs and weights. The forward pass computes ${error} from them, the backward pass
      its derivatives, and the update makes it smaller.`;
  }
  const between = (...epochs) => `${error} goes from ${epochs.map((one) => numberText(errorOf(one))).join(" to ")}.`;
  const { before } = now();
  const [last, moved] = [state.epochs[state.epoch - 1], before ?? now()];
  const sentences = [`The update has moved them: ${between(last, moved)}`];
  const isComputed = Number.isFinite(errorOf(state.epochs[0]));
  if (isComputed && !(errorOf(moved) <= errorOf(last))) sentences.push("The step was too large: try a smaller η.");
  if (before) sentences.push(`Then numbers were changed by hand: ${between(before, now())}`);
  else if (state.epoch > 1) sentences.push(`In epoch 1 it was ${numberText(errorOf(state.epochs[0]))}.`);
  return sentences.join(" ");
}

function stepFormula(step) {
  const sign = step.kind === "update" ? "←" : "=";
  if (step.left === undefined) {
    const { sides } = equationOf.get(step.value);
    return formulaRows(values[step.value].symbol, [...sides, number(step.result)], sign);
  }
  // Where its condition no longer holds, a formula gives way to the numbers that always do.
  const sides = step.conditions.every(holds) ? step.sides : composition(step.value);
  return formulaRows(step.left, [...sides, number(step.result)], sign);
}

function note(step) {
  const { kind, value } = step;
  if (kind === "update") return updateMeans(value);
  if (kind !== "backward") return operandsMean(value);
  return [step.note, caseOf(step.conditions), gradientMeans(value)].filter(Boolean).join(" ");
}
