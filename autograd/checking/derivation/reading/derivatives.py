"""Derivatives in formulas: ∂E/∂w, dh/dw, d/dx(x²), u′, δ_h, gradient(h), also as fractions."""

import operator
from abc import ABC, abstractmethod

from autograd.checking.derivation.reading.cursor import Cursor
from autograd.checking.derivation.reading.steps import Slope, Step, slope_of_steps, total_slope
from autograd.checking.derivation.reading.tokens import Token


class Derivatives(Cursor, ABC):
    """The part of the parser that reads derivatives, and the fractions they may be written as."""

    @abstractmethod
    def inside(self, opening: Token) -> None:
        """Reads what is in parentheses of any kind."""

    @abstractmethod
    def begins_factor(self) -> bool:
        """Whether what comes next is a factor without a sign before it."""

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
            raise ValueError(f"∂{of} alone is no number: write a derivative, as ∂{of}/∂w")
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
            raise ValueError(f"{by} is no label: derivatives are by labels, as ∂E/∂w")

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
