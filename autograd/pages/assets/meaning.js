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

// So small a change of a Value that its gradient tells that of the error to a tenth, up and down;
// null where there is none, as at a kink.
function tellingChange(place) {
  const [error, gradient, largest] = [errorOf(now()), gradientOf(place), smallChange(dataOf(place))];
  const movedBy = (by) => resultsIfMoved(place, by)[values[DATA.error].node] - error;
  // Beside a gradient of 0 what counts is the slope over a larger change.
  const scale = Math.abs(gradient || movedBy(largest) / largest);
  const isTold = (by) => Math.abs(movedBy(by) - gradient * by) <= 0.1 * scale * Math.abs(by) + 1e-12 * Math.abs(error);
  const changes = [1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5].map((part) => largest * part);
  return changes.find((by) => isTold(by) && isTold(-by)) ?? null;
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
  const by = tellingChange(place);
  if (by === null) return `There is a kink or a jump here: ${error} follows this gradient on one side at most.`;
  if (gradient === 0) return `If ${name} is moved a little, ${error} stays nearly as it is.`;
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
  const h = 2 ** (Math.ceil(Math.log2(Math.max(1, Math.abs(dataOf(place))))) - 17);
  const errorAt = (by) => resultsIfMoved(place, by)[values[DATA.error].node];
  const slopeOver = (by) => (errorAt(by) - errorAt(-by)) / (2 * by);
  const [coarse, slope] = [slopeOver(2 * h), slopeOver(h)];
  const { results } = now();
  const roundings = results.slice(0, DATA.nodes).map((x, node) => Math.abs(x * results[DATA.nodes + node]));
  const rounding = 2 ** -50 * roundings.reduce((a, b) => a + b, 0);
  const doubt = Math.abs(coarse - slope) + rounding / h + 1e-9 * Math.abs(slope);
  return { h, slope, doubt, agrees: Math.abs(slope - gradientOf(place)) <= doubt };
}

function checkText(place) {
  const { h, slope, doubt, agrees } = byDifferences(place);
  const [name, error] = [values[place].html, values[DATA.error].html];
  const quotient = `Check: with ${name} moved by ±${about(h)}, Δ${error}/Δ${name}`;
  if (!Number.isFinite(slope + doubt)) return `${quotient} is not finite.`;
  const isRough = doubt > Math.abs(slope) * 10 ** -DATA.digits;
  const result = `${quotient} = ${numberText(slope)}${isRough ? ` ± ${textWith(doubt, 1)}` : ""}`;
  return agrees ? `${result} ✓` : `${result} ✗. There is a kink or a jump here, or the derivative is wrong.`;
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
