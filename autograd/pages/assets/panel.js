// The panel: all about what is selected, a Value or a line, whichever step it is

function select(selected) {
  const isSame = JSON.stringify(selected) === JSON.stringify(state.selected);
  state.selected = isSame ? null : selected;
  showPicture(steps[state.step - 1]);
  showPanel();
  if (!state.selected) return;
  byId("side").scrollTop = byId("panel").scrollTop = 0;
  const told = [byId("panel-title"), ...byId("about").querySelectorAll("p")];
  byId("live").textContent = told.map(({ textContent }) => textContent).join(" ");
}

// The segments of the picture that are marked as selected.
function segmentsSelected() {
  const { segment, edge } = state.selected ?? {};
  return segment === undefined ? edges[edge]?.segments ?? [] : [segment];
}

function showPanel() {
  const { value, segment, edge } = state.selected ?? {};
  byId("panel").hidden = !state.selected;
  if (!state.selected) return;
  const isOn = (one) => one === edge || edges[one].segments.includes(segment);
  const shown = [...edges.keys()].filter(isOn);
  byId("panel-title").innerHTML = value === undefined ? "Chain rule" : values[value].html;
  byId("about").replaceChildren(...(value === undefined ? shown.flatMap(aboutEdge) : aboutValue(value)));
  byId("about").querySelectorAll(".formula").forEach(fit);
}

function edgeName(edge) {
  const { from, to } = edges[edge];
  return `${values[from].html} → ${values[to].html}`;
}

function aboutValue(place) {
  const { leaf, trained, symbol, slope, node } = values[place];
  const [operands, readers, flat] = [operandsOf[place], readersOf[place], flatness(place)];
  const isError = place === DATA.error;
  const shares = readers.map((edge) => factor(`s${edge}`)).join("<mo>+</mo>");
  const composed = [...composition(place), ...(readers.length > 1 ? [shares] : [])];
  return [
    heading(leaf === null ? "Value" : trained ? "Weight" : "Input", stepOf.data.get(place)),
    formulaGrid(formulaRows(symbol, [...(equationOf.get(place)?.sides ?? []), number(`d${node}`)])),
    ...(flat ? [sentence(`Here ${flat.means}.`)] : []),
    heading("Gradient", stepOf.gradient.get(place)),
    formulaGrid(formulaRows(slope, [...composed, number(`g${node}`)])),
    ...(isError ? ["The backward pass begins here."] : [gradientMeans(place), checkText(place)]).map(sentence),
    ...(operands.length ? [heading("Partial derivatives"), formulaGrid(operands.flatMap(partialRow))] : []),
  ];
}

// The partial derivative in an operand, in one row that leads to the chain rule of that line.
function partialRow(edge) {
  const { from, to, slope } = edges[edge];
  const [, sign, right, ...others] = formulaRows(slope, [...formulaOf(edge), number(`l${edge}`)]);
  for (let i = 0; i < others.length; i += 3) {
    const [, equal, { childNodes }] = others.slice(i, i + 3);
    childNodes[0].prepend(equal);
    right.append(...childNodes);
  }
  const link = button("", () => select({ edge }));
  link.append(math(slope));
  right.className = "right";
  link.setAttribute("aria-label", `${values[from].name} → ${values[to].name}`);
  return [link, sign, right];
}

function aboutEdge(edge) {
  const { from, to, slope } = edges[edge];
  const [start, end] = [values[from], values[to]];
  const lines = readersOf[from].length;
  const whole = `the gradient of ${start.html}`;
  const sum = sentence(lines === 1 ? `This is ${whole}.` : `This is one of ${lines} shares, whose sum is ${whole}.`);
  const name = document.createElement("h3");
  name.innerHTML = edgeName(edge);
  const partialRows = formulaRows(slope, [...formulaOf(edge), number(`l${edge}`)]);
  const partial = [name, heading("Partial derivative"), formulaGrid(partialRows)];
  if (to === DATA.error) return [...partial, sum];
  const { names, numbers } = wayBack(edge);
  const sides = [...(lines === 1 ? [start.slope] : []), names, numbers, number(`s${edge}`)];
  return [
    ...partial,
    heading("Gradient that comes back"),
    formulaGrid(formulaRows(end.slope, [number(`g${end.node}`)])),
    heading("Their product"),
    formulaGrid(formulaRows(sides[0], sides.slice(1))),
    sum,
  ];
}

function formulaGrid(rows) {
  const grid = document.createElement("div");
  grid.className = "formula";
  grid.append(...rows);
  return grid;
}

// A heading, with a button that goes to the step at which the number is computed.
function heading(words, step) {
  const made = document.createElement("h3");
  made.textContent = words;
  made.className = "soft";
  if (step !== undefined) made.append(button(`step ${step + 1}`, () => go(step + 1)));
  return made;
}

// What is clicked makes way for other content, so the focus goes to the title.
function button(words, onClick) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "link";
  made.textContent = words;
  made.addEventListener("click", () => {
    onClick();
    byId("panel-title").focus();
  });
  return made;
}

function sentence(html) {
  const made = document.createElement("p");
  made.innerHTML = html;
  return made;
}

// What can be selected

function makeSelectable() {
  for (const line of document.querySelectorAll("[data-segment]")) {
    // Wider than it looks, so that it can be hit.
    const target = line.cloneNode();
    target.setAttribute("class", "target");
    target.removeAttribute("data-segment");
    target.addEventListener("click", () => select({ segment: Number(line.dataset.segment) }));
    line.before(target);
  }
  for (const group of document.querySelectorAll("[data-value]")) {
    const onSelect = () => select({ value: Number(group.dataset.value) });
    group.addEventListener("click", onSelect);
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onSelect();
    });
  }
  byId("close").addEventListener("click", closePanel);
}

function closePanel() {
  const isInside = byId("panel").contains(document.activeElement);
  const { value } = state.selected ?? {};
  state.selected = null;
  show();
  const group = [...document.querySelectorAll(`[data-value="${value}"]`)].find((x) => x.checkVisibility());
  if (isInside) (group ?? byId("stage")).focus();
}
