// Given by the page before: the data, `compute` and GIVEN, the numbers of the leaves.
const DATA = JSON.parse(document.getElementById("data").textContent);
const { values, steps } = DATA;

const PHASES = [
  { title: "Forward", kinds: ["forward", "error"] },
  { title: "Backward", kinds: ["backward"] },
  { title: "Update", kinds: ["update"] },
];
const PAUSE = 1600;

// Each epoch has the numbers of its leaves, the learning rate, and what was computed from them.
// Where numbers were changed by hand, it also has the epoch as it was before that.
const state = { epochs: [], epoch: 0, step: 0, timer: null };

const byId = (id) => document.getElementById(id);

// Numbers

function computed(leaves, rate) {
  return { leaves, rate, results: compute(leaves, []) };
}

function now() {
  return state.epochs[state.epoch];
}

// "d3" is the data of node 3, "g3" its gradient, "u3" its data after the update, "p3" a partial.
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
  const plain = text.trim().replaceAll("−", "-").replace(",", ".");
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
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
