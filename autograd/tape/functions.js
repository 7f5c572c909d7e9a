// What a program needs and JavaScript lacks, or has otherwise than IEEE 754 and Python.

// In JavaScript 1 ** NaN and (-1) ** Infinity are NaN.
function power(x, y) {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : Math.pow(x, y);
}

function copySign(x, y) {
  return (y < 0 || Object.is(y, -0)) !== (x < 0 || Object.is(x, -0)) ? -x : x;
}

// The remainder has the sign of y.
function mod(x, y) {
  const remainder = x % y;
  if (remainder === 0) return y === y ? copySign(0, y) : NaN;
  return remainder < 0 !== y < 0 ? remainder + y : remainder;
}

function floorDivide(x, y) {
  if (y === 0) return x / y;
  const remainder = x % y;
  const quotient = (x - remainder) / y - (remainder < 0 !== y < 0 && remainder !== 0 ? 1 : 0);
  if (quotient === 0) return copySign(0, x / y);
  // The quotient is whole but for rounding.
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

// The error function by its series of positive terms, and its complement by its continued
// fraction: Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.6 and 7.1.14.
function erf(x) {
  if (Math.abs(x) >= 1) return copySign(1 - erfc(Math.abs(x)), x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

function erfc(x) {
  if (x < 0.5) return x > -1 ? 1 - erf(x) : 2 - erfc(-x);
  if (x > 28) return 0;
  let fraction = x;
  for (let n = Math.ceil(20 + 180 / (x * x)); n > 0; n--) fraction = x + n / 2 / fraction;
  // The square of 24 bits is exact: x * x rounded would cost digits of its exponential.
  const high = Math.fround(x);
  const decay = Math.exp(-high * high) * Math.exp((high - x) * (high + x));
  return decay / Math.sqrt(Math.PI) / fraction;
}

function tanhSlope(x) {
  const decay = Math.exp(-2 * Math.abs(x));
  return (4 * decay) / ((1 + decay) * (1 + decay));
}
