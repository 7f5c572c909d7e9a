// The picture

function showPicture(step) {
  const isBack = step?.kind === "backward";
  const active = new Set(step?.segments);
  for (const line of document.querySelectorAll("[data-segment]")) {
    const isActive = active.has(Number(line.dataset.segment));
    line.classList.toggle("active", isActive);
    line.classList.toggle("back", isActive && isBack);
  }
  for (const group of document.querySelectorAll("[data-value]")) {
    const place = Number(group.dataset.value);
    const { data, gradient, updated } = known(place);
    write(group.querySelector(".data"), updated || data);
    write(group.querySelector(".gradient"), gradient && `∂ ${gradient}`);
    group.classList.toggle("current", step?.value === place);
    group.classList.toggle("back", isBack);
  }
  if (step) bringIntoFrame(step.value);
}

// Where the picture is larger than its frame, the current Value is brought into it.
function bringIntoFrame(place) {
  const stage = byId("stage");
  const frame = stage.getBoundingClientRect();
  for (const group of document.querySelectorAll(`[data-value="${place}"]`)) {
    const { left, top, width, height } = group.getBoundingClientRect();
    if (!width) continue;
    const isAcross = left >= frame.left && left + width <= frame.right;
    const isDown = top >= frame.top && top + height <= frame.bottom;
    const [x, y] = [left + width / 2 - frame.left, top + height / 2 - frame.top];
    if (!isAcross || !isDown) stage.scrollBy(x - frame.width / 2, y - frame.height / 2);
  }
}

function write(text, content) {
  text.textContent = content;
  text.classList.toggle("long", content.length > DATA.digits + 5);
}

// The step in words and formulas

function showStep(step) {
  const phase = PHASES.find(({ kinds }) => kinds.includes(step?.kind));
  const where = [`Epoch ${state.epoch + 1}`];
  where.push(step ? `${phase.title}: step ${state.step} of ${steps.length}` : "start");
  byId("where").textContent = where.join(" · ");
  byId("title").innerHTML = step ? step.title : state.epoch ? "The new weights" : "What is given";
  byId("formula").hidden = !step;
  byId("formula").replaceChildren(...(step ? formula(step) : []));
  byId("note").innerHTML = step ? note(step) : introduction();
  fillNumbers();
  const spoken = step ? `${step.spoken} ${numberText(numberAt(step.result))}` : "";
  byId("live").textContent = [...where, spoken].join(". ");
}

function introduction() {
  const error = values[DATA.error].html;
  const between = (...epochs) => `${error} goes from ${epochs.map(errorOf).map(numberText).join(" to ")}.`;
  if (!state.epoch) {
    return `Inputs and weights. The forward pass computes ${error} from them, the backward pass
      its derivatives, and the update makes it smaller.`;
  }
  const { before } = now();
  const moved = `The update has moved them: ${between(state.epochs[state.epoch - 1], before ?? now())}`;
  return before ? `${moved} Then numbers were changed by hand: ${between(before, now())}` : moved;
}

function holds({ sides: [left, relation, right] }) {
  const [x, y] = [numberAt(`d${left}`), numberAt(`d${right}`)];
  return { "<": x < y, "≤": x <= y, ">": x > y, "≥": x >= y, "=": x === y, "≠": x !== y }[relation];
}

// Where its condition no longer holds, a formula gives way to the numbers that always do.
function formula(step) {
  const sides = step.conditions.every(holds) ? step.sides : [step.chain, step.products];
  const shown = [...sides.filter(Boolean), `<mrow data-number="${step.result}"></mrow>`];
  return shown.flatMap((side, row) => {
    const sign = step.kind === "update" && row === 0 ? "←" : "=";
    const left = row === 0 ? math(step.left) : document.createElement("span");
    const right = math(side);
    if (row === shown.length - 1) right.classList.add("result");
    return [left, math(`<mo>${sign}</mo>`), right];
  });
}

function math(content) {
  const holder = document.createElement("div");
  holder.innerHTML = `<math displaystyle="true"><mrow>${content}</mrow></math>`;
  return holder.firstChild;
}

function note(step) {
  const list = (conditions) => conditions.map(({ text }) => `<math>${text}</math>`).join(", ");
  const broken = step.conditions.filter((condition) => !holds(condition));
  if (broken.length) return `${step.note} As ${list(broken)} no longer holds, the formula is another.`;
  if (!step.conditions.length) return step.note;
  return `${step.note} The formula is that of the case ${list(step.conditions)}.`;
}

function fillNumbers() {
  for (const holder of document.querySelectorAll(".step [data-number]")) {
    const text = numberText(numberAt(holder.dataset.number));
    const isNegative = text.startsWith("−");
    const sign = isNegative ? '<mo form="prefix">−</mo>' : "";
    const number = `${sign}<mn>${text.replace(/^−/, "")}</mn>`;
    const inParentheses = isNegative && Number(holder.dataset.least ?? 0) > 1;
    const [left, right] = ["(", ")"].map((mark) => `<mo stretchy="false">${mark}</mo>`);
    holder.innerHTML = inParentheses ? left + number + right : number;
  }
}
