// Given by the page before: the data, `compute` and GIVEN, the numbers of the leaves.
const DATA = JSON.parse(document.getElementById("data").textContent);
const { values, equations, edges, steps } = DATA;

const PHASES = [
  { title: "Forward", kinds: ["forward", "error"] },
  { title: "Backward", kinds: ["backward"] },
  { title: "Update", kinds: ["update"] },
];
const PAUSE = 1600;

// Each epoch has the numbers of its leaves, the learning rate, and what was computed from them.
// Where numbers were changed by hand, it also has the epoch as it was before that.
// What is selected is a Value, a line of the picture, or nothing.
const state = { epochs: [], epoch: 0, step: 0, timer: null, selected: null };

const byId = (id) => document.getElementById(id);

// The graph: what computes each Value, and by their positions the edges that lead to and from it.
const equationOf = new Map(equations.map((equation) => [equation.value, equation]));
const edgesOf = (end, place) => [...edges.keys()].filter((edge) => edges[edge][end] === place);
const operandsOf = values.map((_, place) => edgesOf("to", place));
const readersOf = values.map((_, place) => edgesOf("from", place));

// Numbers

// What is added to each Value that was computed. Where 0 is added to -0, it becomes 0.
const UNMOVED = Array(values.filter(({ leaf }) => leaf === null).length).fill(-0);

function computed(leaves, rate) {
  return { leaves, rate, results: compute(leaves, UNMOVED) };
}

function now() {
  return state.epochs[state.epoch];
}

// "d3" is the data of node 3, "g3" its gradient, "u3" its data after the update. "l3" is the
// partial derivative along edge 3, "s3" its product with the gradient that comes back there.
function numberAt(place, epoch = now()) {
  const { rate, results } = epoch;
  if (place === "rate") return rate;
  const position = Number(place.slice(1));
  switch (place[0]) {
    case "d":
      return results[position];
    case "g":
      return results[DATA.nodes + position];
    case "u":
      return results[position] - rate * results[DATA.nodes + position];
    case "l":
      return partialAlong(edges[position], results);
    default:
      return numberAt(`g${values[edges[position].to].node}`, epoch) * numberAt(`l${position}`, epoch);
  }
}

// By the chain rule, back through what has no name in the formula.
function partialAlong({ from, to }, results) {
  const total = new Map([[values[to].node, 1]]);
  for (const [node, parent, partial] of equationOf.get(to).partials) {
    const through = total.get(node) * results[2 * DATA.nodes + partial];
    total.set(parent, (total.get(parent) ?? 0) + through);
  }
  return total.get(values[from].node);
}

function errorOf(epoch) {
  return numberAt(`d${values[DATA.error].node}`, epoch);
}

function numberText(x) {
  return textWith(x, DATA.digits);
}

// As Python writes a float to so many significant digits: 0.0001235, 1.235e−5.
function textWith(x, count) {
  if (Number.isNaN(x)) return "nan";
  const sign = x < 0 || Object.is(x, -0) ? "−" : "";
  if (!Number.isFinite(x)) return `${sign}inf`;
  const [digits, exponent] = roundedDigits(Math.abs(x), count);
  if (exponent < -4 || exponent >= count) {
    const mantissa = withPoint(digits, 1);
    return `${sign}${mantissa}e${exponent < 0 ? "−" : ""}${Math.abs(exponent)}`;
  }
  const padded = "0".repeat(Math.max(0, -exponent)) + digits;
  return sign + withPoint(padded, Math.max(0, exponent) + 1);
}

// So many that a number is not shown as a whole one that it is not: 1 − 0.99999998, not 1 − 1.
function tellingDigits(x) {
  const gap = Math.abs(x - Math.round(x));
  const isHidden = gap > 0 && Math.abs(x) >= 0.5 && Number(x.toPrecision(Math.min(DATA.digits, 17))) === Math.round(x);
  return isHidden ? Math.ceil(Math.log10(Math.abs(x) / gap)) + 1 : DATA.digits;
}

// The significant digits and the exponent. A tie is rounded to the even digit, as in Python.
function roundedDigits(x, count) {
  const [long] = x.toExponential(count + 20).split("e");
  const [short, exponent] = x.toExponential(count - 1).split("e");
  const [exact, rounded] = [long, short].map((text) => text.replace(".", ""));
  const kept = exact.slice(0, count);
  const isTie = /^50*$/.test(exact.slice(count)) && Number(kept.at(-1)) % 2 === 0;
  return [isTie ? kept : rounded, Number(exponent)];
}

function withPoint(digits, position) {
  const fraction = digits.slice(position).replace(/0+$/, "");
  return digits.slice(0, position) + (fraction && `.${fraction}`);
}

// A number as people write it: 0.5, 0,5, 1e-3, 1/3, 50%. Where it is none, what is wrong with it.
function numberFrom(text) {
  const given = text.trim().replaceAll("−", "-");
  if (/^[-+]?[1-9]\d{0,2},\d{3}$/.test(given)) {
    return { wrong: `“${text}” may have a decimal comma or thousands. Write ${given.replace(",", ".")} or ${given.replace(",", "")}.` };
  }
  const plain = given.replaceAll(",", ".");
  const number = String.raw`((?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`;
  const found = plain.match(new RegExp(`^([-+]?)${number}(?:\\s*/\\s*${number})?\\s*(%?)$`, "i"));
  if (!found) return { wrong: `“${text}” is no number. Write it as 0.5, -1/3, 1e-3 or 50%.` };
  const [, sign, dividend, divisor = 1, percent] = found;
  if (Number(divisor) === 0) return { wrong: `“${text}” divides by 0.` };
  const x = (Number(`${sign}${dividend}`) / divisor) / (percent ? 100 : 1);
  return Number.isFinite(x) ? { x } : { wrong: `“${text}” is too large: the largest number is 1.8e308.` };
}

// Where we are

const stepOf = { data: new Map(), gradient: new Map(), updated: new Map() };
steps.forEach((step, position) => {
  const kind = { backward: "gradient", update: "updated" }[step.kind] ?? "data";
  stepOf[kind].set(step.value, position);
});
const firstBackward = steps.findIndex((step) => step.kind === "backward");
if (firstBackward >= 0) stepOf.gradient.set(DATA.error, firstBackward);

// What is known of a Value at this step: its data, gradient and updated data, as text. In later
// epochs the numbers of steps that are still to come are given too, and are "ahead".
function known(place) {
  const { node } = values[place];
  const textOf = (kind, letter) => {
    const isGiven = kind === "data" && !stepOf.data.has(place);
    const isPast = isGiven || stepOf[kind].get(place) < state.step;
    const isAhead = !isPast && state.epoch > 0 && stepOf[kind].has(place);
    return { text: isPast || isAhead ? numberText(numberAt(`${letter}${node}`)) : "", isAhead };
  };
  return { data: textOf("data", "d"), gradient: textOf("gradient", "g"), updated: textOf("updated", "u") };
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
    state.epochs.push(computed(leaves, last.rate));
  }
  state.epoch = epoch;
  state.step = 0;
  show();
}

function edited(epoch, leaf, number) {
  const leaves = [...epoch.leaves];
  leaves[leaf] = number;
  return { ...computed(leaves, epoch.rate), before: epoch.before ?? epoch };
}

// Other numbers from here on: the epochs after this one no longer follow.
function change(leaf, number) {
  const epoch = leaf === null ? { ...now(), rate: number } : edited(now(), leaf, number);
  state.epochs.splice(state.epoch, Infinity, epoch);
  show();
}

function reset() {
  state.epochs = [computed(GIVEN, DATA.rate)];
  state.epoch = state.step = 0;
  show();
}

function playOrPause() {
  state.timer = state.timer ? clearInterval(state.timer) : setInterval(() => go(state.step + 1), PAUSE);
  byId("play").textContent = state.timer ? "Pause" : "Play";
}
