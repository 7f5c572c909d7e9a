"""Where a parser stands in its tokens, the steps so far, and errors about the next token."""

from collections.abc import Callable, Sequence
from typing import NoReturn

from autograd.checking.derivation.reading.steps import Operation, Step
from autograd.checking.derivation.reading.tokens import CLOSING, Token
from autograd.checking.derivation.reading.vocabulary import FUNCTIONS, Names, brief, choice
from autograd.numbers.kinds import Number


class Cursor:
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
        # Whether we are within |…|, where the next | is the closing one.
        self.in_bars = False
        self.steps: list[Step] = []

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
        expected = CLOSING.get(opening.text[0], closing)
        if closing != expected:
            raise ValueError(f"{opening.text[0]} is closed by {closing}: write {expected}")

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
        raise ValueError(f"{name} is no label: {choice(token.text, self.names.labels)}")

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
