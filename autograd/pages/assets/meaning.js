// What numbers mean, in sentences

const gradientOf = (place) => numberAt(`g${values[place].node}`);
const dataOf = (place) => numberAt(`d${values[place].node}`);

// A number to two digits: 300, 0.0074.
const about = (x) => textWith(Number(x.toPrecision(2)), 4);

// A change that is small beside a number: 0.01 for most.
function smallChange(x) {
  const size = Math.floor(Math.log10(Math.abs(x)));
  return size > 1 && Number.isFinite(size) ? 10 ** (size - 2) : 0.01;
}

// The error after a Value is moved, and all that is computed from it follows.
function errorIfMoved(place, by) {
  const { leaf, moved } = values[place];
  const [leaves, moves] = [[...now().leaves], [...UNMOVED]];
  if (leaf === null) moves[moved] = by;
  else leaves[leaf] += by;
  return compute(leaves, moves)[values[DATA.error].node];
}

// By how much the error may be wrong: each node is rounded, and its gradient passes that on.
function roundingOfError() {
  const { results } = now();
  const each = results.slice(0, DATA.nodes).map((x, node) => Math.abs(x * results[DATA.nodes + node]));
  return 2 ** -50 * each.reduce((a, b) => a + b, 0);
}

// A power of 2, so that moving a Value by it makes hardly any rounding.
function stepAt(place, digits) {
  return 2 ** (Math.ceil(Math.log2(Math.max(1, Math.abs(dataOf(place))))) - digits);
}

// Whether the slopes to both sides differ, and do not come together over smaller steps.
function isAtKink(place) {
  const [h, error, rounding] = [stepAt(place, 17), errorOf(now()), roundingOfError()];
  const bend = (by) => Math.abs(errorIfMoved(place, by) - 2 * error + errorIfMoved(place, -by)) / by;
  return bend(h) > 0.75 * bend(2 * h) && bend(h) > (8 * rounding) / h;
}

// So small a change of a Value that its gradient tells that of the error to a tenth, if there is one.
function tellingChange(place) {
  const [error, gradient, rounding] = [errorOf(now()), gradientOf(place), roundingOfError()];
  const isTold = (by) => {
    const left = errorIfMoved(place, by) - error - gradient * by;
    return Math.abs(left) <= 0.1 * Math.abs(gradient * by) + rounding;
  };
  for (let by = smallChange(dataOf(place)), i = 0; i < 12; by /= 10, i++) if (isTold(by)) return by;
  return null;
}

function grows(name, by, of, change) {
  const verb = change < 0 ? "falls" : "grows";
  return `If ${name} grows by ${about(by)}, ${of} ${verb} by about ${about(Math.abs(change))}.`;
}

function gradientMeans(place) {
  const [name, error] = [values[place].html, values[DATA.error].html];
  const gradient = gradientOf(place);
  if (Number.isNaN(gradient)) return `There is no derivative of ${error} in ${name} here.`;
  if (!Number.isFinite(gradient)) {
    const verb = gradient < 0 ? "falls" : "grows";
    return `${error} ${verb} infinitely fast with ${name} here, however little ${name} is moved.`;
  }
  if (!Number.isFinite(errorOf(now()))) return `${error} is not finite here.`;
  if (isAtKink(place)) {
    return `${error} has a kink or a jump here or close by: it changes otherwise to each side of ${name}.`;
  }
  // As at the least error, where the curve bends more than it slopes.
  const usual = smallChange(dataOf(place));
  const isFlat = Math.abs(gradient * usual) <= 1e-3 * Math.abs(errorIfMoved(place, usual) - errorOf(now()));
  if (gradient === 0 || isFlat) return `If ${name} is moved a little, ${error} stays nearly as it is.`;
  const by = tellingChange(place);
  if (by === null) return `${error} ${gradient < 0 ? "falls" : "grows"} with ${name}.`;
  return grows(name, by, error, gradient * by);
}

// Of the operands of a Value, that which moves it most.
function operandsMean(place) {
  const name = values[place].html;
  const partials = operandsOf[place].map((edge) => ({ edge, slope: numberAt(`l${edge}`) }));
  const finite = partials.filter(({ slope }) => Number.isFinite(slope));
  if (!finite.length) return "";
  const strongest = finite.reduce((a, b) => (Math.abs(b.slope) > Math.abs(a.slope) ? b : a));
  if (strongest.slope === 0) return `If what it is made of is moved a little, ${name} stays nearly as it is.`;
  const { from } = edges[strongest.edge];
  const by = smallChange(dataOf(from));
  const sentence = grows(values[from].html, by, name, strongest.slope * by);
  return partials.length > 1 ? `It answers most to ${values[from].html}. ${sentence}` : sentence;
}

function updateMeans(place) {
  const [name, error, gradient] = [values[place].html, values[DATA.error].html, gradientOf(place)];
  const slope = `∂${error}/∂${name}`;
  if (gradient === 0) return `${slope} is 0, so ${name} stays as it is.`;
  if (!Number.isFinite(gradient)) return `${slope} is not finite, so there is no useful step.`;
  const [sign, direction] = gradient > 0 ? ["positive", "down"] : ["negative", "up"];
  return `${slope} is ${sign}, so ${error} falls when ${name} goes ${direction}, if the step is not too large.`;
}

// The check by differences

// The slope of the error when a Value is moved by h and by -h, and by how much it may be wrong: as
// much as it changes with the size of h, and what rounding does to the error.
function byDifferences(place) {
  const rounding = roundingOfError();
  const slopeOver = (by) => (errorIfMoved(place, by) - errorIfMoved(place, -by)) / (2 * by);
  // The second is for a kink close by.
  const checks = [17, 27].map((digits) => {
    const h = stepAt(place, digits);
    const slope = slopeOver(h);
    const doubt = Math.abs(slopeOver(2 * h) - slope) + rounding / h + 1e-9 * Math.abs(slope);
    return { h, slope, doubt, agrees: Math.abs(slope - gradientOf(place)) <= doubt };
  });
  return checks.find(({ agrees }) => agrees) ?? checks[0];
}

function checkText(place) {
  const { h, slope, doubt, agrees } = byDifferences(place);
  const [name, error] = [values[place].html, values[DATA.error].html];
  const quotient = `Check: with ${name} moved by ±${about(h)}, Δ${error}/Δ${name}`;
  if (!Number.isFinite(slope + doubt)) return `${quotient} is not finite.`;
  const isRough = doubt > Math.abs(slope) * 10 ** -DATA.digits;
  const result = `${quotient} ≈ ${numberText(slope)}${isRough ? ` ± ${textWith(doubt, 1)}` : ""}`;
  return agrees ? `${result} ✓` : `${result} ✗. There is a kink or a jump close by, or the derivative is wrong.`;
}

// Where functions are flat

const FLAT = {
  sigmoid: { below: 0.01, mark: "flat", means: "σ is near 0 or 1, so hardly any gradient gets through" },
  tanh: { below: 0.02, mark: "flat", means: "tanh is near −1 or 1, so hardly any gradient gets through" },
  relu: { below: 5e-324, mark: "off", means: "relu is 0, so no gradient gets through" },
};

// Of a Value that was computed: how it is marked, and why; nothing where it is not flat.
function flatness(place) {
  const { results } = now();
  const found = equationOf.get(place)?.flat.find(
    ([rule, partial]) => Math.abs(results[2 * DATA.nodes + partial]) < FLAT[rule].below,
  );
  return found ? FLAT[found[0]] : null;
}
