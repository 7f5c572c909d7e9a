// Formulas in MathML, with their numbers, over as many lines as they need

const number = (place) => `<mrow data-number="${place}"></mrow>`;
const factor = (place) => `<mrow data-number="${place}" data-least="3"></mrow>`;

// The gradient that comes back along an edge, in names and in numbers.
function wayBack(edge) {
  const { to, slope } = edges[edge];
  const { slope: above, node } = values[to];
  return {
    names: to === DATA.error ? slope : `${above}<mo>·</mo>${slope}`,
    numbers: `${factor(`g${node}`)}<mo>·</mo>${factor(`l${edge}`)}`,
  };
}

// A gradient as what it is in any graph: what comes back along all edges.
function composition(place) {
  const readers = readersOf[place];
  const isDirect = readers.length === 1 && edges[readers[0]].to === DATA.error;
  if (isDirect || !readers.length) return readers.flatMap(formulaOf);
  return ["names", "numbers"].map((kind) => readers.map((edge) => wayBack(edge)[kind]).join("<mo>+</mo>"));
}

// Where its condition no longer holds, the formula of a partial derivative is another.
function formulaOf(edge) {
  const { sides, conditions } = edges[edge];
  return conditions.every(holds) ? sides : [];
}

function holds({ sides: [left, relation, right] }) {
  const [x, y] = [numberAt(`d${left}`), numberAt(`d${right}`)];
  return { "<": x < y, "≤": x <= y, ">": x > y, "≥": x >= y, "=": x === y, "≠": x !== y }[relation];
}

function caseOf(conditions) {
  const inline = ({ text }) => inPieces(math(text)).map((piece) => piece.outerHTML).join("");
  const list = (some) => some.map(inline).join(", ");
  const broken = conditions.filter((condition) => !holds(condition));
  if (broken.length) return `As ${list(broken)} no longer holds, the formula is another.`;
  return conditions.length ? `The formula is that of the case ${list(conditions)}.` : "";
}

// The rows of a grid: what is computed, a sign, and a side. Where a number was rounded, the sign is ≈;
// but 0 is exact.
function formulaRows(left, sides, first = "=") {
  const rights = sides.map(math);
  const isRounded = rights.map((right) => right.querySelector(".rounded") !== null);
  return rights.flatMap((whole, row) => {
    const right = document.createElement("div");
    right.className = row === sides.length - 1 ? "right result" : "right";
    const isExact = !isRounded[row - 1] || whole.textContent === "0";
    right.append(...inPieces(whole));
    const equal = isRounded[row] || !isExact ? "≈" : "=";
    const start = row === 0 ? math(left) : document.createElement("span");
    return [start, math(`<mo>${row === 0 && first === "←" ? first : equal}</mo>`), right];
  });
}

function math(content) {
  const holder = document.createElement("div");
  holder.innerHTML = `<math displaystyle="true"><mrow>${content}</mrow></math>`;
  for (const place of holder.querySelectorAll("[data-number]")) fillNumber(place);
  return holder.firstChild;
}

// A browser breaks no formula over lines. So it is given one for each factor of each term.
function inPieces(whole) {
  return groups([...whole.firstChild.children], "+−<>≤≥≠").map((term) => {
    const holder = document.createElement("span");
    holder.className = "term";
    for (const parts of groups(term, "·")) {
      const piece = math("");
      piece.firstChild.append(...parts);
      holder.append(piece);
    }
    return holder;
  });
}

// The parts of a formula; a new group begins with each of the signs.
function groups(parts, signs) {
  const found = [[]];
  for (const part of parts) {
    if (part.localName === "mo" && signs.includes(part.textContent) && found.at(-1).length) {
      part.setAttribute("form", "infix");
      found.push([]);
    }
    found.at(-1).push(part);
  }
  return found;
}

// What is too wide for its place, as a long fraction, is written smaller.
function fit(grid) {
  for (const size of ["", "0.9em", "0.8em", "0.7em"]) {
    grid.style.fontSize = size;
    if (grid.scrollWidth <= grid.clientWidth) return;
  }
}

function fillNumber(holder) {
  const x = numberAt(holder.dataset.number);
  const text = textWith(x, holder.dataset.least ? tellingDigits(x) : DATA.digits);
  // Not by what floats do to the last digits, as in 0.1 + 0.2.
  const isRounded = Math.abs(Number(text.replaceAll("−", "-")) - x) > 1e-12 * Math.abs(x);
  holder.classList.toggle("rounded", isRounded);
  const isNegative = text.startsWith("−");
  const sign = isNegative ? '<mo form="prefix">−</mo>' : "";
  const plain = `${sign}<mn>${text.replace(/^−/, "")}</mn>`;
  const inParentheses = isNegative && Number(holder.dataset.least ?? 0) > 1;
  const [left, right] = ["(", ")"].map((mark) => `<mo stretchy="false">${mark}</mo>`);
  holder.innerHTML = inParentheses ? left + plain + right : plain;
}
