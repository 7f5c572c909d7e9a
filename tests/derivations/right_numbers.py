"""Right numbers, rounded and written as people do."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import mpmath

from .right_formulas import Right
from .witness import at_its_numbers

NUMBERS: list[Right] = []


def decimal(number: Any) -> Decimal:
    """A number of mpmath as a Decimal, to 30 digits."""
    return Decimal(mpmath.nstr(number, 30))


def digits(number: Any, count: int, rounding: str = ROUND_HALF_UP) -> str:
    """A number to `count` significant digits, without an exponent."""
    exact = decimal(number)
    if not exact:
        return "0"
    with localcontext() as context:
        context.prec, context.rounding = count, rounding
        rounded = +exact
    places = max(count - 1 - rounded.adjusted(), 0)
    return f"{rounded.quantize(Decimal(1).scaleb(-places)):f}"


def decimals(number: Any, count: int, rounding: str = ROUND_HALF_UP) -> str:
    """A number to `count` decimals."""
    written = f"{decimal(number).quantize(Decimal(1).scaleb(-count), rounding):f}"
    return written.removeprefix("-") if not Decimal(written) else written


def scientific(number: Any, count: int) -> tuple[str, int]:
    """The mantissa of a number to `count` digits, and the exponent."""
    mantissa, exponent = f"{decimal(number):.{count - 1}e}".split("e")
    return mantissa, int(exponent)


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _power(number: Any, count: int, form: str) -> str:
    mantissa, exponent = scientific(number, count)
    return form.format(mantissa, exponent, str(exponent).translate(_SUPERSCRIPTS))


STYLES = {
    "3 digits": lambda x: digits(x, 3),
    "4 digits": lambda x: digits(x, 4),
    "5 digits": lambda x: digits(x, 5),
    "9 digits": lambda x: digits(x, 9),
    "12 digits": lambda x: digits(x, 12),
    "17 digits": lambda x: digits(x, 17),
    "3 decimals": lambda x: decimals(x, 3),
    "4 decimals": lambda x: decimals(x, 4),
    "8 decimals": lambda x: decimals(x, 8),
    "cut off": lambda x: digits(x, 5, ROUND_DOWN),
    "cut off after 9": lambda x: digits(x, 9, ROUND_DOWN),
    "real minus": lambda x: digits(x, 4).replace("-", "−"),
    "space after the minus": lambda x: digits(x, 4).replace("-", "- "),
    "in parentheses": lambda x: f"({digits(x, 3)})",
    "plus sign": lambda x: f"{Decimal(digits(x, 4)):+f}",
    "no leading zero": lambda x: digits(x, 4).replace("0.", ".", 1),
    "decimal comma": lambda x: digits(x, 4).replace(".", ","),
    "approximately": lambda x: f"≈ {digits(x, 3)}",
    "equals": lambda x: f"= {digits(x, 4)}",
    "percent": lambda x: f"{digits(100 * x, 4)}%",
    "e notation": lambda x: _power(x, 4, "{0}e{1}"),
    "E notation": lambda x: _power(x, 3, "{0}E{1:+03d}"),
    "* 10^": lambda x: _power(x, 4, "{0}*10^{1}"),
    "× 10 superscript": lambda x: _power(x, 4, "{0} × 10{2}"),
    "· 10^( )": lambda x: _power(x, 4, "{0}·10^({1})"),
    r"\times": lambda x: _power(x, 4, r"{0} \times 10^{{{1}}}"),
    "a float": lambda x: float(x),
    "a rounded float": lambda x: float(digits(x, 4)),
}


def number(program: str, label: str, *styles: str, of: str = "gradient", **more: Any) -> None:
    """Adds the right number, written in several styles."""
    figure = at_its_numbers(program).figure(of, label, more.get("trained", ()))
    for style in styles:
        text = STYLES[style](figure)
        NUMBERS.append(Right(program, of, label, text, style, **more))


def worked_out(program: str, label: str, *texts: str, of: str = "gradient") -> None:
    """Adds calculations with rounded numbers, which lead to the right number, rounded."""
    NUMBERS.extend(Right(program, of, label, text, "calculation") for text in texts)


number("linear_neuron", "w", "4 digits", "real minus", "space after the minus", "a float")
number("sigmoid_neuron", "w", "3 digits", "4 digits", "9 digits", "cut off", "decimal comma",
       "approximately", "percent", "* 10^", "× 10 superscript", "e notation", "a rounded float",
       "in parentheses")  # fmt: skip
number("sigmoid_neuron", "y", "4 digits", "12 digits", "percent", "no leading zero", of="value")
number("sigmoid_neuron", "w", "4 decimals", "9 digits", of="step")
number("sigmoid_neuron", "b", "4 decimals", "5 digits", "· 10^( )", of="update")
number("sigmoid_neuron", "w", "4 digits", "8 decimals", "decimal comma", "equals", of="new value")
number("tanh_neuron", "w", "4 digits", "real minus", "17 digits", "cut off after 9")
number("tanh_neuron", "y", "4 digits", "3 digits", of="value")
number("relu_off", "v1", "4 digits", "decimal comma")
number("softplus_neuron", "w", "4 digits", "plus sign", "no leading zero")
number("poisson_neuron", "z", "5 digits", "× 10 superscript")
number("two_inputs", "w2", "3 digits", "4 decimals", "E notation")
number("t1", "w1", "3 digits", "4 digits", "real minus", "a float")
number("t1", "w5", "4 digits", "a rounded float", of="new value")
number("t2", "w1", "3 digits", "· 10^( )", r"\times")
number(
    "t3", "w1", "3 digits", "4 digits", "e notation", "E notation", "× 10 superscript", r"\times"
)
number("t4", "w1", "9 digits", "3 digits", "* 10^", "8 decimals")
number("t4", "w5", "9 digits", "12 digits", "17 digits")
number("t4", "w6", "8 decimals", "9 digits", of="new value")
number("t4", "out_o1", "9 digits", "8 decimals", "cut off after 9", of="value")
number("t4", "E_total", "9 digits", "3 decimals", of="value")
number("t4", "w2", "8 decimals", of="new value")
number("t4", "out_h1", "9 digits", "cut off", of="new value",
       trained=("w1", "w2", "w3", "w4"))  # fmt: skip
number("t1", "prediction", "4 digits", "9 digits", of="new value",
       trained=("w1", "w2", "w3", "w4", "w5", "w6"))  # fmt: skip
number("net_221", "w12", "4 digits", "percent")
number("net_232", "w21", "3 digits", "4 digits", "e notation")
number("net_342", "w41", "4 digits", "cut off", "decimal comma")
number("three_layers", "w1", "4 digits", "× 10 superscript", "* 10^")
number("binary_cross_entropy", "p", "4 digits", "space after the minus")
number("softmax_one_hot", "p1", "4 digits", "percent", "cut off", of="value")
number("softmax_one_hot", "z2", "4 digits", "in parentheses", "approximately")
number("mean_square", "w", "4 digits", "5 digits")
number("logistic_batch", "w", "4 decimals", "decimal comma")
number("recurrent", "u", "3 digits", "4 digits", "e notation", "8 decimals")
number("recurrent_each", "h2", "4 digits", "no leading zero")
number("quotient_rule", "x", "4 digits", "9 digits", "percent")
number("attention", "q", "4 digits", "equals")
number("forks", "x", "3 digits", "a float")
number("greek", "α", "4 digits", "real minus")
number("subscripts", "w_{11}", "4 digits", "percent", "· 10^( )")

worked_out("linear_neuron", "w", "-2*0.79*1.3", "2·(−0.79)·1.3", "2(1.31 - 2.1)(1.3)")
worked_out("sigmoid_neuron", "w", "-0.231*0.669*0.331*1.7", "(0.669-0.9)*0.669*(1-0.669)*1.7",
           "−0.2307 × 0.6693 × 0.3307 × 1.7", "-0.231 · 0.669 · 0.331 · 1.7 = -0.087",
           "-8.68*10^-2", "−8.68 × 10⁻²")  # fmt: skip
worked_out("sigmoid_neuron", "z", "0.65*1.7 - 0.4", "1.105 - 0.4 = 0.705", of="value")
worked_out("sigmoid_neuron", "y", "1/(1+0.494)", "1/1.494", of="value")
worked_out("sigmoid_neuron", "w", "0.65 - 0.5*(-0.0868)", "0.65 + 0.0434", of="new value")
worked_out("tanh_neuron", "w", "2*(-0.53-0.35)*(1-0.53^2)*1.4", "-2 · 0.88 · 0.719 · 1.4")
worked_out("t1", "w1", "-0.8273*0.1*2", "(0.1727 - 1)·0.1·2")
worked_out("t1", "h1", "0.22*2 + 0.03*3", "0.44 + 0.09", of="value")
worked_out(
    "t4",
    "w5",
    "0.741 * 0.187 * 0.593",
    "0.74136507 * 0.186815602 * 0.593269992 = 0.082167041",
    "0.741 × 0.187 × 0.593 ≈ 0.082",
)
worked_out("t4", "net_h1", "0.15 * 0.05 + 0.2 * 0.1 + 0.35 * 1 = 0.3775", of="value")
worked_out("t4", "w5", "0.4 - 0.5 * 0.082167041 = 0.35891648", of="new value")
worked_out("two_inputs", "w2", "-2 · 0.472 · 0.221 · 1.5", "-2*0.4715*0.3285*0.6715*1.5")
worked_out("quotient_rule", "x", "(3*2.64 - 3.4*1.6)/2.64^2", "2.48/6.97")
worked_out("logarithm", "x", "2.8/2.96", "1/1.057")
worked_out("chain_rule", "x", "4*2.08^3*3.6", "4 · 9.00 · 3.6")
worked_out("mean_square", "w", "2/3*(-0.583 + 0.372 - 1.332)", "-3.086/3")
worked_out("softmax_one_hot", "p1", "3.3201/6.0042", "3.32/(3.32+0.67+2.01)", of="value")
worked_out("gates", "x", "-4", "-4.0", "−4")
worked_out("gates", "z", "3", "-2 + 5")
worked_out("absolute_error", "w", "-1.9", "-1 · 1.9")
worked_out("relu_off", "w2", "0", "0.0")
worked_out("power_rule", "x", "15*2.89 - 6.8 + 7", "43.55")
worked_out("xor", "w21", "0", "-0.0981 * 0")
