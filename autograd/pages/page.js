"use strict";

// Given by the page before: the data, `compute` and GIVEN, the numbers of the leaves.
const DATA = JSON.parse(document.getElementById("data").textContent);
const { values, steps } = DATA;

const PHASES = [
  { title: "Forward pass", kinds: ["forward", "error"] },
  { title: "Backward pass", kinds: ["backward"] },
  { title: "Update", kinds: ["update"] },
];
const PAUSE = 1600;

// Each epoch has the numbers of its leaves, and what was computed from them.
const state = { epochs: [], epoch: 0, step: 0, rate: DATA.rate, timer: null };

const byId = (id) => document.getElementById(id);

// Numbers

function computed(leaves) {
  return { leaves, results: compute(leaves, []) };
}

function now() {
  return state.epochs[state.epoch];
}

// "d3" is the data of node 3, "g3" its gradient, "u3" its data after the update, "p3" a partial.
function numberAt(place, epoch = now()) {
  if (place === "rate") return state.rate;
  const position = Number(place.slice(1));
  const { results } = epoch;
  switch (place[0]) {
    case "d":
      return results[position];
    case "g":
      return results[DATA.nodes + position];
    case "u":
      return results[position] - state.rate * results[DATA.nodes + position];
    default:
      return results[2 * DATA.nodes + position];
  }
}

function errorOf(epoch) {
  return numberAt(`d${values[DATA.error].node}`, epoch);
}

// As Python writes a float to so many significant digits: 0.0001235, 1.235e−5.
function numberText(x) {
  if (Number.isNaN(x)) return "nan";
  const sign = x < 0 || Object.is(x, -0) ? "−" : "";
  if (!Number.isFinite(x)) return `${sign}inf`;
  const [digits, exponent] = roundedDigits(Math.abs(x));
  if (exponent < -4 || exponent >= DATA.digits) {
    const mantissa = withPoint(digits, 1);
    return `${sign}${mantissa}e${exponent < 0 ? "−" : ""}${Math.abs(exponent)}`;
  }
  const padded = "0".repeat(Math.max(0, -exponent)) + digits;
  return sign + withPoint(padded, Math.max(0, exponent) + 1);
}

// The significant digits and the exponent. A tie is rounded to the even digit, as in Python.
function roundedDigits(x) {
  const [long] = x.toExponential(DATA.digits + 20).split("e");
  const [short, exponent] = x.toExponential(DATA.digits - 1).split("e");
  const [exact, rounded] = [long, short].map((text) => text.replace(".", ""));
  const kept = exact.slice(0, DATA.digits);
  const isTie = /^50*$/.test(exact.slice(DATA.digits)) && Number(kept.at(-1)) % 2 === 0;
  return [isTie ? kept : rounded, Number(exponent)];
}

function withPoint(digits, position) {
  const fraction = digits.slice(position).replace(/0+$/, "");
  return digits.slice(0, position) + (fraction && `.${fraction}`);
}

function numberFrom(text) {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-−+]?\d+)?$/i.test(plain)
    ? Number(plain.replace("−", "-"))
    : NaN;
}

// Where we are

const stepOf = { data: new Map(), gradient: new Map(), updated: new Map() };
steps.forEach((step, position) => {
  const kind = { backward: "gradient", update: "updated" }[step.kind] ?? "data";
  stepOf[kind].set(step.value, position);
});
const firstBackward = steps.findIndex((step) => step.kind === "backward");
if (firstBackward >= 0) stepOf.gradient.set(DATA.error, firstBackward);

// What is known of a Value at this step: its data, gradient and updated data, as text.
function known(place) {
  const { node } = values[place];
  const isPast = (kind) => stepOf[kind].has(place) && stepOf[kind].get(place) < state.step;
  const isGiven = !stepOf.data.has(place);
  return {
    data: isGiven || isPast("data") ? numberText(numberAt(`d${node}`)) : "",
    gradient: isPast("gradient") ? numberText(numberAt(`g${node}`)) : "",
    updated: isPast("updated") ? numberText(numberAt(`u${node}`)) : "",
  };
}

function go(step) {
  if (step > steps.length) return startEpoch(state.epoch + 1);
  if (step < 0 && state.epoch > 0) {
    state.epoch -= 1;
    state.step = steps.length;
  } else {
    state.step = Math.max(0, step);
  }
  return show();
}

function startEpoch(epoch) {
  while (state.epochs.length <= epoch) {
    const last = state.epochs.at(-1);
    const leaves = [...last.leaves];
    for (const { leaf, node, trained } of values) {
      if (trained) leaves[leaf] = numberAt(`u${node}`, last);
    }
    state.epochs.push(computed(leaves));
  }
  state.epoch = epoch;
  state.step = 0;
  show();
}

// Other numbers from here on: the epochs after this one no longer follow.
function change(leaf, number) {
  const leaves = [...now().leaves];
  if (leaf === null) state.rate = number;
  else leaves[leaf] = number;
  state.epochs.splice(state.epoch, Infinity, computed(leaves));
  show();
}

function reset() {
  state.rate = DATA.rate;
  state.epochs = [computed(GIVEN)];
  state.epoch = state.step = 0;
  complain(null, "");
  show();
}

function playOrPause() {
  state.timer = state.timer ? clearInterval(state.timer) : setInterval(() => go(state.step + 1), PAUSE);
  byId("play").textContent = state.timer ? "Pause" : "Play";
}

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
}

function write(text, content) {
  text.textContent = content;
  text.classList.toggle("long", content.length > DATA.digits + 5);
}

// The step in words and formulas

function showStep(step) {
  const phase = PHASES.find(({ kinds }) => kinds.includes(step?.kind));
  const where = [`Epoch ${state.epoch + 1}`];
  where.push(step ? `${phase.title}, step ${state.step} of ${steps.length}` : "start");
  byId("where").textContent = where.join(" · ");
  byId("title").innerHTML = step ? step.title : state.epoch ? "The new weights" : "What is given";
  byId("formula").replaceChildren(...(step ? formula(step) : []));
  byId("note").innerHTML = step ? note(step) : introduction();
  fillNumbers();
  const spoken = step ? `${step.spoken} ${numberText(numberAt(step.result))}` : "";
  byId("live").textContent = [...where, spoken].join(". ");
}

function introduction() {
  const error = values[DATA.error].html;
  if (!state.epoch) {
    return `Inputs and weights. The forward pass computes ${error} from them, the backward pass
      its derivatives, and the update makes it smaller.`;
  }
  const [before, after] = [state.epoch - 1, state.epoch].map((i) => errorOf(state.epochs[i]));
  return `The update has moved them: ${error} goes from ${numberText(before)} to ${numberText(after)}.`;
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
  holder.innerHTML = `<math><mrow displaystyle="true">${content}</mrow></math>`;
  return holder.firstChild;
}

function note(step) {
  const reasons = step.conditions.map(
    (condition) => `<math>${condition.text}</math>${holds(condition) ? "" : " no longer holds"}`,
  );
  if (!reasons.length) return step.note;
  return `${step.note} The formula is that of the case <span>${reasons.join(", ")}</span>.`;
}

function fillNumbers() {
  for (const holder of document.querySelectorAll(".step [data-number]")) {
    const text = numberText(numberAt(holder.dataset.number));
    const isNegative = text.startsWith("−");
    const written = `${isNegative ? "<mo form='prefix'>−</mo>" : ""}<mn>${text.replace(/^−/, "")}</mn>`;
    const inParentheses = isNegative && Number(holder.dataset.least ?? 0) > 1;
    holder.innerHTML = inParentheses ? `<mo>(</mo>${written}<mo>)</mo>` : written;
  }
}

// The controls

function makePhases() {
  for (const { title, kinds } of PHASES) {
    const item = document.createElement("li");
    item.textContent = title;
    item.style.setProperty("--steps", steps.filter(({ kind }) => kinds.includes(kind)).length);
    item.classList.toggle("back", kinds.includes("backward"));
    byId("phases").append(item);
  }
}

function showControls(step) {
  const current = PHASES.findIndex(({ kinds }) => kinds.includes(step?.kind));
  [...byId("phases").children].forEach((item, place) => {
    item.classList.toggle("done", place < current);
    if (place === current) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  });
  const slider = byId("slider");
  slider.max = steps.length;
  slider.value = state.step;
  slider.setAttribute("aria-valuetext", byId("where").textContent);
  byId("back").disabled = state.step === 0 && state.epoch === 0;
}

// The table

function makeTable() {
  byId("gradient-head").innerHTML = `∂${values[DATA.error].html}/∂name`;
  const groups = [
    ["Weights", ({ trained }) => trained],
    ["Inputs", ({ trained, leaf }) => !trained && leaf !== null],
    ["Computed", ({ leaf }) => leaf === null],
  ];
  for (const [title, isIn] of groups) {
    const places = [...values.keys()].filter((place) => isIn(values[place]));
    const body = byId("values").createTBody();
    body.innerHTML = `<tr><th scope="rowgroup" colspan="4">${title}</th></tr>`;
    for (const place of places) body.append(row(place));
    body.hidden = body.rows.length === 1;
  }
}

function row(place) {
  const { html, leaf, name } = values[place];
  const made = document.createElement("tr");
  made.dataset.row = place;
  made.innerHTML = `<th scope="row">${html}</th><td class="data"></td>
    <td class="gradient"></td><td class="data updated"></td>`;
  if (leaf !== null) {
    const input = document.createElement("input");
    Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off" });
    input.setAttribute("aria-label", `value of ${name}`);
    input.addEventListener("change", () => takeNumber(input, leaf));
    made.cells[1].append(input);
  }
  return made;
}

function takeNumber(input, leaf) {
  const number = numberFrom(input.value);
  const isNumber = Number.isFinite(number);
  complain(input, isNumber ? "" : `“${input.value}” is no number.`);
  if (isNumber) change(leaf, number);
}

function complain(input, words) {
  byId("complaint").textContent = words;
  for (const other of document.querySelectorAll("[aria-invalid]")) other.removeAttribute("aria-invalid");
  if (words) input.setAttribute("aria-invalid", "true");
}

function showTable(step) {
  for (const made of document.querySelectorAll("[data-row]")) {
    const place = Number(made.dataset.row);
    const { data, gradient, updated } = known(place);
    const input = made.querySelector("input");
    if (input) input.value = data.replace("−", "-");
    else made.cells[1].textContent = data;
    made.cells[2].textContent = gradient;
    made.cells[3].textContent = updated;
    made.classList.toggle("current", step?.value === place);
    made.classList.toggle("back", step?.kind === "backward");
  }
  byId("rate").value = numberText(state.rate);
}

// The error by epoch

function showCurve() {
  const errors = state.epochs.map(errorOf);
  const finite = errors.filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...finite), Math.max(...finite, 0) || 1];
  const x = (epoch) => 70 + (epoch / Math.max(errors.length - 1, 1)) * 320;
  const y = (error) => 160 - ((error - low) / (high - low)) * 140;
  const points = errors.flatMap((error, epoch) =>
    Number.isFinite(error) ? [{ at: `${x(epoch).toFixed(1)} ${y(error).toFixed(1)}`, epoch }] : [],
  );
  const circles = points
    .filter(({ epoch }) => errors.length <= 40 || epoch === state.epoch)
    .map(({ at, epoch }) => {
      const [cx, cy] = at.split(" ");
      const isCurrent = epoch === state.epoch;
      return `<circle cx="${cx}" cy="${cy}" r="${isCurrent ? 5 : 3}"${isCurrent ? ' class="current"' : ""}/>`;
    });
  byId("curve").innerHTML = `<path class="axis" d="M70 20V160H390"/>
    <text x="62" y="24" text-anchor="end">${numberText(high)}</text>
    <text x="62" y="164" text-anchor="end">${numberText(low)}</text>
    <text x="70" y="180">epoch 1</text>
    <text x="390" y="180" text-anchor="end">${errors.length > 1 ? errors.length : ""}</text>
    ${points.length > 1 ? `<path d="M${points.map(({ at }) => at).join("L")}"/>` : ""}${circles.join("")}`;
  const isKnown = state.epoch > 0 || known(DATA.error).data;
  const here = isKnown ? `${numberText(errors[state.epoch])} in epoch ${state.epoch + 1}` : "not yet computed";
  byId("history").textContent = `The error is ${here}.`;
}

// Together

function show() {
  const step = steps[state.step - 1];
  showPicture(step);
  showStep(step);
  showControls(step);
  showTable(step);
  showCurve();
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  byId("theme").textContent = theme === "dark" ? "Light" : "Dark";
}

const KEYS = {
  ArrowLeft: () => go(state.step - 1),
  ArrowRight: () => go(state.step + 1),
  Home: () => go(0),
  End: () => go(steps.length),
  " ": playOrPause,
};

function onKey(event) {
  const { target, key } = event;
  const isTyping = target.matches("input[type=text]") || (key === " " && target.matches("button"));
  if (!(key in KEYS) || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  KEYS[key]();
}

function start() {
  makePhases();
  makeTable();
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const systemTheme = () => showTheme(prefersDark.matches ? "dark" : "light");
  prefersDark.addEventListener("change", systemTheme);
  systemTheme();
  const clicks = {
    theme: () => showTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
    back: () => go(state.step - 1),
    forward: () => go(state.step + 1),
    play: playOrPause,
    epoch: () => startEpoch(state.epoch + 1),
    epochs: () => startEpoch(state.epoch + 10),
    reset,
  };
  for (const [id, onClick] of Object.entries(clicks)) byId(id).addEventListener("click", onClick);
  byId("slider").addEventListener("input", () => go(Number(byId("slider").value)));
  byId("rate").addEventListener("change", () => takeNumber(byId("rate"), null));
  document.addEventListener("keydown", onKey);
  reset();
}

start();
