"""The grammar of formulas: tokens in, steps out, each after its operands.

An expression is read by the binding powers of its operators (precedence climbing). What stands
side by side is multiplied. The result is a list of steps rather than a tree, so that it is
evaluated in a loop, however long it is.

Python's own parser would not help: it knows neither products without a sign nor |x|, reads 1/2*x
in one way where people must be asked which of two they mean, and recurses: on Python 3.11, a sum of
a thousand terms is a RecursionError.
"""

import math
import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NoReturn

from autograd.checking.derivation.reading.vocabulary import (
    CONSTANTS,
    FUNCTIONS,
    Function,
    Literal,
    Names,
    Operation,
    Slope,
    Step,
    Token,
    brief,
    choice,
    derivative,
    holds,
    power,
    slope_of_steps,
    total_slope,
)
from autograd.numbers import elementary
from autograd.numbers.ieee import to_float
from autograd.numbers.kinds import Number
from autograd.value import data_of

# How deep parentheses and signs may be nested; Python's own stack is deeper.
_DEEPEST = 60
_CLOSING = {"(": ")", "[": "]", "{": "}"}
# A tolerance, so that 0.1 + 0.2 = 0.3 holds.
_ROUNDING = 1e-12


def _if(value: Number, condition: Number, otherwise: Number = float("nan")) -> Number:
    return elementary.where(condition != 0, value, otherwise)


def _equal(x: Number, y: Number) -> Number:
    """Whether two numbers, such as a sum of targets and 1, are equal except for rounding."""
    plain = [data_of(x), data_of(y)]
    are_real = all(isinstance(number, int | float | Fraction) for number in plain)
    if are_real and any(isinstance(number, float) for number in plain):
        return holds(math.isclose(*map(to_float, plain), rel_tol=_ROUNDING))
    return holds(x == y)


# The binding powers of operators: one that binds tighter is applied first.
_CONDITION, _OR, _AND, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER = range(1, 9)
# The operator between factors that stand side by side.
_BESIDE = "side by side"
_INFIX: dict[str, tuple[int, Callable[..., Number]]] = {
    "if": (_CONDITION, _if),
    "(if": (_CONDITION, _if),
    "or": (_OR, lambda x, y: holds(x + y != 0)),
    "and": (_AND, operator.mul),
    "<": (_COMPARISON, lambda x, y: holds(x < y)),
    "≤": (_COMPARISON, lambda x, y: holds(x <= y)),
    "=": (_COMPARISON, _equal),
    "≠": (_COMPARISON, lambda x, y: 1 - _equal(x, y)),
    "≥": (_COMPARISON, lambda x, y: holds(x >= y)),
    ">": (_COMPARISON, lambda x, y: holds(x > y)),
    "+": (_SUM, operator.add),
    "-": (_SUM, operator.sub),
    "*": (_PRODUCT, operator.mul),
    _BESIDE: (_PRODUCT, operator.mul),
    "/": (_PRODUCT, operator.truediv),
    "^": (_POWER, power),
}
_PREFIX: dict[str, tuple[int, Callable[..., Number]]] = {
    "-": (_SIGN, operator.neg),
    "+": (_SIGN, operator.pos),
}
_CONDITIONS = ("<", "≤", "=", "≠", "≥", ">", "and", "or")
# The tokens that begin a factor when they stand directly after another one.
_NAMES = ("label", "function", "constant", "gradient", "δ", "word")
_FACTORS = (*_NAMES, "(", "√", "∂", "frac", "|")


def read(tokens: Sequence[Token], names: Names, by: str = "") -> list[Step]:
    """The steps of a formula.

    Args:
        tokens: those of the whole formula, including the "end".
        names: the labels that it may use.
        by: the label with respect to which u′ is the derivative of u; "" for none.

    Returns:
        The steps, each after its operands; the last gives the result.

    Raises:
        ValueError: for anything that is not a formula; it says where, and what to write.
    """
    return _Parser(tokens, names, by).whole()


class _Parser:
    """A place in the tokens of a formula, and the steps of those before it.

    Args:
        tokens: those of the whole formula, including the "end".
        names: the labels that it may use.
        by: the label with respect to which u′ is the derivative of u; "" for none.
    """

    def __init__(self, tokens: Sequence[Token], names: Names, by: str):
        self.tokens = tokens
        self.names = names
        self.by = by
        self.position = 0
        self.depth = 0
        # Whether this is within |…|, where the next | is the closing one.
        self.in_bars = False
        self.steps: list[Step] = []

    def whole(self) -> list[Step]:
        if self.token.kind == "end":
            raise ValueError("there is nothing in it")
        self.expression(0)
        if self.token.kind == ")":
            raise ValueError(f"a {self.token.text} closes nothing{self.place()}")
        if self.token.kind != "end":
            self.fail_here()
        return self.steps

    # The tokens

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.position]

    def take(self) -> Token:
        """Goes past the next token, and returns it."""
        self.position += 1
        return self.tokens[self.position - 1]

    def emit(self, name: str, compute: Callable[..., Number], count: int) -> None:
        """Adds an operation on the last `count` results."""
        self.steps.append(Operation(name, compute, count))

    def require(self, kind: str) -> Token:
        """Takes a token that must be of this kind."""
        if self.token.kind != kind:
            self.fail_here()
        return self.take()

    def close(self, opening: Token) -> None:
        """Takes the parenthesis that closes an opening one, which must be of the same kind."""
        if self.token.kind != ")":
            if self.token.kind == "end":
                raise ValueError(f"a {opening.text[0]} is never closed")
            self.fail_here()
        closing = self.take().text
        expected = _CLOSING.get(opening.text[0], closing)
        if closing != expected:
            raise ValueError(f"{opening.text[0]} is closed by {closing}: write {expected}")

    # Expressions

    def expression(self, least: int) -> None:
        """Reads on as long as the operators bind at least this tightly."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("it is too deep to read: parentheses in parentheses, signs in signs")
        start, before, operand = len(self.steps), "", 0
        self.operand()
        while (sign := self.sign()) and _INFIX[sign][0] >= least:
            binding, compute = _INFIX[sign]
            if sign == _BESIDE:
                self.require_one_meaning(start, before, operand)
            elif binding == _COMPARISON == _INFIX.get(before, (0,))[0]:
                raise ValueError("two comparisons in a row: write them as (a < b)·(b < c)")
            token = self.token if sign == _BESIDE else self.take()
            before, operand = sign, len(self.steps)
            if binding == _CONDITION:
                self.condition(token)
            elif sign == "^":
                self.power(start)
            else:
                self.expression(binding + 1)
                self.emit(sign, compute, 2)
        self.depth -= 1

    def sign(self) -> str:
        """The operator that comes next; "" if none does."""
        if self.begins_factor():
            return _BESIDE
        return self.token.kind if self.token.kind in _INFIX else ""

    def begins_factor(self) -> bool:
        """Whether what comes next is a factor without a sign before it."""
        kind, before = self.token.kind, self.tokens[self.position - 1].kind
        if kind == "number":
            # (3x + 1)2x is a product, but (y − t)2 may be a square that lost its ^ in copying.
            after = self.tokens[self.position + 1].kind
            if after == "(" and self.token.value == (1, 0):
                return before != "number"
            return before == ")" and after in _NAMES
        return kind in _FACTORS and not (kind == "|" and self.in_bars)

    def operand(self) -> None:
        """Reads a number, a name, a call, or parentheses, with the signs before it."""
        token = self.take()
        match token.kind:
            case "number":
                self.steps.append(Literal(*token.value))  # type: ignore[misc]
            case "label" if self.token.kind == ".grad":
                self.take()
                self.steps.append(Slope(None, str(token.value)))
            case "label" if self.token.kind == "'" and self.by:
                self.prime(str(token.value))
            case "label":
                self.steps.append(str(token.value))
            case "constant":
                self.steps.append(Literal(CONSTANTS[str(token.value)], Fraction(0)))
            case "function":
                self.call(token)
            case "-" | "+":
                binding, compute = _PREFIX[token.kind]
                self.expression(binding)
                self.emit(f"{token.kind}x", compute, 1)
            case "(":
                self.inside(token)
            case "|":
                self.bars()
            case "√":
                self.root()
            case "frac":
                self.fraction()
            case "∂":
                self.slope()
            case "gradient" | "δ":
                self.gradient(token)
            case "word":
                self.unknown(token)
            case _:
                self.position -= 1
                self.fail_here()

    def inside(self, opening: Token) -> None:
        """Reads what is in parentheses of any kind."""
        self.enclosed()
        self.close(opening)

    def enclosed(self, in_bars: bool = False) -> None:
        """Reads an expression in parentheses or in |…|."""
        outside, self.in_bars = self.in_bars, in_bars
        self.expression(0)
        self.in_bars = outside

    def bars(self) -> None:
        self.enclosed(in_bars=True)
        if self.token.kind != "|":
            raise ValueError("a | is never closed: write |x| or abs(x)")
        self.take()
        self.emit("abs", FUNCTIONS["abs"].compute, 1)

    def power(self, start: int) -> None:
        """Reads an exponent, which binds to the right; a power of e is the exponential function."""
        is_e = len(self.steps) == start + 1 and self.steps[-1] == _E
        begins = self.token.kind
        self.expression(_POWER)
        if not is_e:
            return self.emit("^", power, 2)
        # People do not agree on e^2x, while e^x y and e^(2)x are clear.
        if begins in ("number", "-") and self.begins_factor() and not self.token.is_apart:
            exponent = self.tokens[self.position - 1].text
            raise ValueError(f"e^{exponent}{self.token.text}: put the exponent in parentheses")
        del self.steps[start]
        return self.emit("exp", FUNCTIONS["exp"].compute, 1)

    def condition(self, opening: Token) -> None:
        """Reads the condition under which the part before it holds, and what holds otherwise."""
        self.expression(_CONDITION + 1)
        last = self.steps[-1]
        if not (isinstance(last, Operation) and last.name in _CONDITIONS):
            raise ValueError(f"after {opening.text} a condition is missing, as in if z > 0")
        count = 2
        if self.token.kind == "," and self.tokens[self.position + 1].kind == "else":
            self.take()
        if self.token.kind == "else":
            self.take()
            self.expression(_CONDITION)
            count = 3
        if opening.kind == "(if":
            self.close(opening)
        self.emit("if", _if, count)

    def require_one_meaning(self, start: int, before: str, operand: int) -> None:
        """Refuses what people read differently, such as 1/2x and e(x)."""
        token, last = self.token, self.tokens[self.position - 1]
        if last.kind == "constant" and self.steps[-1] == _E and token.kind == "(":
            raise ValueError("e(…) may be a power or a product: write e^(…) or e·(…)")
        index = self.tokens[self.position + 1 : self.position + 3]
        is_index = [part.kind for part in index] == ["number", ")"] and not token.is_apart
        if last.kind == "label" and self.is_function_of_claimed() and not token.is_apart:
            name, by = brief(last.text), brief(self.by)
            raise ValueError(f"{name}({by}) may be a product: write {name}, or {name}·{by}")
        if last.kind == "label" and token.text == "[" and is_index:
            name, number = brief(last.text), brief(index[0].text)
            product = f"write {name}·{number} for the product"
            raise ValueError(f"{name}[{number}] is not a label: {product}")
        if before != "/":
            return
        # Everyone reads 1/2 (y − t), 1/n (a + b), 1/2(y − t) and 1/2 x alike.
        is_number = operand - start <= 2 and isinstance(self.steps[start], Literal)
        by_number = len(self.steps) == operand + 2 and isinstance(self.steps[operand], Literal)
        is_apart = token.is_apart or (token.kind == "(" and by_number)
        if is_number and is_apart and (by_number or token.kind == "("):
            return
        by, factor = brief(last.text), brief(token.text) + "…" * (token.kind == "(")
        raise ValueError(
            f"…/{by} {factor} may be …/({by}·{factor}) or (…/{by})·{factor}: write one of them"
        )

    # Functions

    def call(self, token: Token) -> None:
        """Reads a function with its operands, as in tanh(s), tanh²(s), σ′(z), ln 2."""
        function = token.value
        assert isinstance(function, Function)
        name = token.text
        while self.token.kind == "'":
            self.take()
            slope = derivative(function)
            if slope is None:
                raise ValueError(f"of {function.name} no such derivative is known: write it out")
            function, name = slope, f"{name}'"
        exponent = self.exponent_of(name)
        if self.token.kind == "(":
            count = self.arguments()
        else:
            count = 1
            self.bare_argument(name)
        if not function.least <= count <= function.most:
            if function.most == math.inf:
                raise ValueError(f"{name}() takes at least one number")
            raise ValueError(f"{name}() takes {function.least} number(s), not {count}")
        self.emit(function.name, function.compute, count)
        if exponent:
            self.steps += exponent
            self.emit("^", power, 2)

    def exponent_of(self, name: str) -> list[Step]:
        """Reads the exponent between a function and its operand, and returns its steps."""
        if self.token.kind != "^":
            return []
        self.take()
        start = len(self.steps)
        self.expression(_POWER + 1)
        exponent = self.steps[start:]
        del self.steps[start:]
        if isinstance(exponent[-1], Operation) and exponent[-1].name == "-x":
            raise ValueError(f"{name}⁻¹ may be two things: write 1/{name}(…), or the inverse")
        return exponent

    def arguments(self) -> int:
        """Reads operands in parentheses, and returns how many there are."""
        opening = self.take()
        count = 0
        while self.token.kind != ")" or count:
            self.enclosed()
            count += 1
            if self.token.kind != ",":
                break
            self.take()
        self.close(opening)
        return count

    def bare_argument(self, name: str) -> None:
        """Reads the operand of a function that has no parentheses."""
        if self.token.kind in ("end", ")", ",", "=", "'", *_INFIX):
            raise ValueError(f"{name} is a function: write of what, as in {name}(…)")
        self.expression(_POWER)
        if self.begins_factor():
            raise ValueError(f"{name} of how much{self.place()}? Write parentheses: {name}(…)")

    def root(self) -> None:
        if self.token.text == "[":
            raise ValueError("√[…] is not read: write √(…), or (…)^(1/3) for another root")
        if self.token.kind == "(":
            self.inside(self.take())
        else:
            self.bare_argument("√")
        self.emit("sqrt", FUNCTIONS["sqrt"].compute, 1)

    # Derivatives

    def fraction(self) -> None:
        r"""Reads \frac{…}{…}: the quotient of two formulas, or a derivative."""
        opening = self.require("(")
        if self.token.kind == "∂":
            self.take()
            return self.slope(opening)
        self.inside(opening)
        self.inside(self.require("("))
        return self.emit("/", operator.truediv, 2)

    def slope(self, opening: Token | None = None) -> None:
        """Reads ∂E/∂w, dE/dw or d(E)/d(w), of any node by any other; d/dx(x²) and d(x²)/dx.

        Args:
            opening: the opening brace, if it is written as a fraction such as \\frac{∂E}{∂w}.
        """
        start = len(self.steps)
        of = ""
        is_before = self.token.kind == (")" if opening else "/")
        if not is_before:
            of = self.differentiated()
        below = self.below(opening, of)
        by = self.node()
        if below:
            self.close(below)
        if is_before and self.token.kind != "(":
            raise ValueError(f"d/d{by} of how much? Write parentheses: d/d{by}(…)")
        if is_before:
            self.inside(self.take())
            if self.token.kind == "^" or self.begins_factor():
                raise ValueError(f"d/d{by} of how much? Write d/d{by}((…)…), or (d/d{by}(…))·…")
        if of:
            self.steps.append(self.slope_of(of, by))
        else:
            self.steps[start:] = self.slope_of_formula(self.steps[start:], by)

    def below(self, opening: Token | None, of: str) -> Token | None:
        """Goes past the ∂ below the fraction bar; returns the brace that opens there, if any."""
        if opening:
            self.close(opening)
            brace = self.require("(")
            self.require("∂")
            return brace
        if [t.kind for t in self.tokens[self.position : self.position + 2]] != ["/", "∂"]:
            of = of or "(…)"
            raise ValueError(f"∂{of} alone is not a number: write a derivative, as ∂{of}/∂w")
        self.position += 2
        return None

    def differentiated(self) -> str:
        """The name of what is differentiated; "" if that is a formula in parentheses."""
        ends = [token.kind for token in self.tokens[self.position : self.position + 3]][2:]
        if self.token.kind != "(" or ends == [")"]:
            return self.node()
        self.inside(self.take())
        return ""

    def node(self) -> str:
        """The name of the node that is differentiated, or with respect to which."""
        opening = self.take() if self.token.kind == "(" else None
        token = self.take()
        if token.kind == "^":
            raise ValueError("second derivatives are not read: write what they are")
        is_error = token.kind == "word" and self.names.is_error(token.text)
        if token.kind == "word" and not is_error:
            self.unknown(token)
        if not (is_error or token.kind == "label") or (opening and self.token.kind != ")"):
            raise ValueError(
                "derivatives are read of labels, as ∂E/∂y, and as d/dx(x²): give it one"
            )
        if opening:
            self.close(opening)
        return token.text if is_error else str(token.value)

    def slope_of_formula(self, steps: list[Step], by: str) -> list[Step]:
        """The steps of the derivative of a formula."""
        self.require_label(by)
        if any(isinstance(step, Slope) for step in steps):
            raise ValueError("derivatives of derivatives are not read: write what they are")
        return slope_of_steps(steps, by, self.names.error)

    def require_label(self, by: str) -> None:
        """Refuses a derivative by anything but a label."""
        if by not in self.names.labels:
            raise ValueError(f"{by} is not a label: derivatives are by labels, as ∂E/∂w")

    def prime(self, of: str) -> None:
        """Reads the u′ of u′v + uv′: the derivative by the node that the claim is about."""
        self.take()
        if self.token.kind == "'":
            raise ValueError("second derivatives are not read: write what they are")
        self.steps.append(total_slope(of, self.by, self.names.error))
        # In u′(x), the x only says what u is a function of.
        if self.is_function_of_claimed():
            self.position += 3
        elif self.token.kind == "(" and not self.token.is_apart:
            raise ValueError(f"{of}'(…) may be a product: write {of}'·(…)")

    def is_function_of_claimed(self) -> bool:
        """Whether (x) comes next, where x is the node that the claim is about."""
        ahead = self.tokens[self.position : self.position + 3]
        kinds = [token.kind for token in ahead]
        return kinds == ["(", "label", ")"] and ahead[1].value == self.by

    def slope_of(self, of: str, by: str) -> Slope:
        """The derivative of a node; reads the mark of a direct one, if it follows."""
        is_direct = self.token.kind == "|direct"
        if is_direct:
            self.take()
        self.require_label(by)
        is_error = of == self.names.error or of not in self.names.labels
        return Slope(None if is_error else of, by, is_direct)

    def gradient(self, token: Token) -> None:
        """Reads δ_h or gradient(h), the derivative of the error."""
        if token.kind == "δ":
            self.steps.append(Slope(None, str(token.value)))
            return
        call = self.tokens[self.position : self.position + 3]
        if [part.kind for part in call] != ["(", "label", ")"]:
            raise ValueError(f"{token.text}() takes one label")
        self.position += len(call)
        self.steps.append(Slope(None, str(call[1].value)))

    # What is wrong

    def unknown(self, token: Token) -> NoReturn:
        """Raises a ValueError about a word that means nothing."""
        name = brief(token.text)
        if token.text == "T" and self.tokens[max(0, self.position - 2)].kind == "^":
            raise ValueError("^T transposes a matrix, and labels are numbers: leave it out")
        if self.token.kind == "(":
            known = choice(token.text, FUNCTIONS)
            raise ValueError(f"{name}() calls no function of formulas: {known}")
        if self.token.kind == "'":
            raise ValueError(f"{name}' is the derivative of no function: write it as in tanh'(z)")
        raise ValueError(f"{name} is not a label: {choice(token.text, self.names.labels)}")

    def fail_here(self) -> NoReturn:
        """Raises a ValueError that says what is out of place here."""
        token = self.token
        if token.kind == "end":
            raise ValueError(f"something is missing at the end{self.place()}")
        if token.kind == "number" and self.tokens[self.position - 1].kind == ")":
            n = brief(token.text)
            raise ValueError(f"(…){n} may be a power or a product: write (…)^{n} or {n}·(…)")
        shown, missing = brief(token.text), ": a sign is missing" * (token.kind == "number")
        raise ValueError(f"{shown} is out of place{self.place()}{missing}")

    def place(self) -> str:
        """Where the next token stands, described by the tokens before it."""
        before = [t.text for t in self.tokens[max(0, self.position - 2) : self.position]]
        return f" after {brief(' '.join(before))}" if before else " at the beginning"


_E = Literal(CONSTANTS["e"], Fraction(0))
