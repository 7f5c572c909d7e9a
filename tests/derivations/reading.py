"""What number a text of literals means, and how far it is rounded, read independently."""

import re
from fractions import Fraction

_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def in_python(text: str) -> str:
    """A calculation of literals in Python's notation; of a chain, the last part."""
    text = text.translate(str.maketrans("−·×[]", "-**()"))
    text = re.sub(r"[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: f"^{m[0].translate(_SUPERSCRIPTS)}", text)
    text = text.replace(r"\times", "*").replace("{", "(").replace("}", ")")
    text = re.sub(r"(\d),(\d)", r"\1.\2", text)
    text = re.split("[=≈]", text)[-1].strip()
    text = re.sub(r"\)\s*\(", ")*(", re.sub(r"(\d)\s*\(", r"\1*(", text))
    return re.sub(r"%$", "*0.01", text).replace("^", "**")


def meant(text: str | float) -> float:
    """The number that a text means."""
    return float(eval(in_python(str(text)), {"__builtins__": {}}))


def is_calculation(text: str | float) -> bool:
    """Whether a text has more than one literal."""
    plain = re.sub(r"^\((.*)\)$", r"\1", in_python(str(text))).replace("- ", "-")
    return not re.fullmatch(r"[-+]?[\d.]+([eE][-+]?\d+)?(\*10\*\*\(?-?\d+\)?|\*0\.01)?", plain)


def rounding(text: str | float) -> float:
    """How far the right number may be from what a text says.

    That is one unit in the last place; for a calculation, the relative error of its coarsest
    decimal, once for each literal.
    """
    if isinstance(text, float):
        return 1e-15 * abs(text) if len(repr(text)) > 15 else _unit(repr(text))
    plain = in_python(text)
    if not is_calculation(text):
        scale = re.search(r"(\*10\*\*\(?-?\d+\)?|\*0\.01)$", plain)
        factor = eval(f"1{scale[0]}") if scale else 1
        return _unit(plain[: scale.start()] if scale else plain) * factor
    literals = [x for x in re.findall(r"\d*\.?\d+", plain) if "." in x]
    relative = sum(float(_unit(x) / 2 / (float(x) or 1)) for x in literals if len(_digits(x)) > 1)
    return max(relative, 1e-15) * max(abs(meant(text)), 1e-3)


def _digits(literal: str) -> str:
    return literal.replace(".", "").lstrip("0")


def _unit(literal: str) -> float:
    """One unit in the last place of a literal; an integer is exact."""
    mantissa, _, exponent = literal.strip("()+- ").lower().partition("e")
    places = len(mantissa.partition(".")[2])
    if "." not in mantissa and not exponent:
        return 1e-12
    return float(Fraction(10) ** (int(exponent or 0) - places))
