// The panel: all about what is selected, a Value or a line, whichever step it is

function select(selected) {
  const isSame = JSON.stringify(selected) === JSON.stringify(state.selected);
  state.selected = isSame ? null : selected;
  showPicture(steps[state.step - 1]);
  showPanel();
  if (!state.selected) return;
  byId("side").scrollTop = byId("panel").scrollTop = 0;
  const meaning = [...byId("about").querySelectorAll("p")].at(-1).textContent;
  byId("live").textContent = `${byId("panel-title").textContent}. ${meaning}`;
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
}

function edgeName(edge) {
  const { from, to } = edges[edge];
  return `${values[from].html} → ${values[to].html}`;
}

function aboutValue(place) {
  const { leaf, trained, symbol, slope, node } = values[place];
  const equation = equationOf.get(place);
  const kind = leaf === null ? "Value" : trained ? "Weight" : "Input";
  const flat = flatness(place);
  const shares = readersOf[place].map((edge) => factor(`s${edge}`)).join("<mo>+</mo>");
  const isSum = readersOf[place].length > 1;
  const content = [
    heading(kind, stepOf.data.get(place)),
    formulaGrid(symbol, [...(equation?.sides ?? []), number(`d${node}`)]),
    flat && sentence(`Here ${flat.means}.`),
    operandsOf[place].length && heading("Partial derivatives"),
    ...operandsOf[place].flatMap((edge) => [edgeButton(edge), partialGrid(edge)]),
    heading("Gradient", stepOf.gradient.get(place)),
  ];
  const isError = place === DATA.error;
  const sides = [...(isError ? [] : composition(place)), isSum && shares, number(`g${node}`)];
  content.push(formulaGrid(slope, sides.filter(Boolean)));
  if (isError) content.push(sentence("The backward pass begins here."));
  else content.push(sentence(checkText(place)), sentence(gradientMeans(place)));
  return content.filter(Boolean);
}

function aboutEdge(edge) {
  const { from, to, slope } = edges[edge];
  const [start, end] = [values[from], values[to]];
  const lines = readersOf[from].length;
  const whole = `the gradient of ${start.html}`;
  const sum = sentence(lines === 1 ? `This is ${whole}.` : `This is one of ${lines} shares, whose sum is ${whole}.`);
  const name = document.createElement("h3");
  name.innerHTML = edgeName(edge);
  const partial = [name, heading("Partial derivative"), partialGrid(edge)];
  if (to === DATA.error) return [...partial, sum];
  const product = [`${end.slope}<mo>·</mo>${slope}`, `${factor(`g${end.node}`)}<mo>·</mo>${factor(`l${edge}`)}`];
  const sides = [...(lines === 1 ? [start.slope] : []), ...product, number(`s${edge}`)];
  return [
    ...partial,
    heading("Gradient that comes back"),
    formulaGrid(end.slope, [number(`g${end.node}`)]),
    heading("Their product"),
    formulaGrid(sides[0], sides.slice(1)),
    sum,
  ];
}

function partialGrid(edge) {
  const { slope, sides, conditions } = edges[edge];
  return formulaGrid(slope, [...(conditions.every(holds) ? sides : []), number(`l${edge}`)]);
}

function formulaGrid(left, sides) {
  const grid = document.createElement("div");
  grid.className = "formula";
  grid.append(...formulaRows(left, sides));
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

function edgeButton(edge) {
  const made = button("", () => select({ edge }));
  made.innerHTML = edgeName(edge);
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
