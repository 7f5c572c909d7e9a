"""What is put into the formula of a step: an expression whose names stand for their numbers."""

from typing import Any

from autograd.explaining import Step
from autograd.explaining.derivation import Derivation, derive
from autograd.explaining.expressions import Derivative, Number, Product, Sum, Symbol, is_number
from autograd.explaining.outline import Line
from autograd.explaining.simplifying import product_of
from autograd.value import Value

_ELLIPSIS = Symbol("…")


class Numbers:
    """The numbers of steps, as expressions in the names of what they are.

    Args:
        lines: of the outline.
        names: the name of each named Value.
        error: the Value at the end.
    """

    def __init__(self, lines: tuple[Line, ...], names: dict[Value, str], error: Value):
        self.error = names[error]
        self.value = {name: value for value, name in names.items()}
        self.derivations: dict[str, Derivation] = {
            names[line.value]: derive(line, names) for line in lines
        }
        # Those whose derivative is 1 by its formula: it is left out of products.
        self.ones = {self.error}

    def of(self, step: Step) -> Any:
        """The numbers of a step; of gradients, those of the readers of a Value come first."""
        if step.kind != "backward":
            return step.formula
        if is_number(step.formula, 1):
            self.ones.add(step.name)
        terms = [self._path(reader, step.name) for reader in readers(step, self.error)]
        return Sum(tuple(terms)) if len(terms) > 1 else (*terms, Number(0))[0]

    def _path(self, reader: str, name: str) -> Any:
        """The derivative of a reader times its partial derivative."""
        if reader == _ELLIPSIS.name:
            return _ELLIPSIS
        partial = self.derivations[reader].partial(self.value[name])
        factors = [] if reader in self.ones else [Derivative(self.error, reader)]
        if isinstance(partial, Product):
            return product_of([*factors, *partial.factors])
        return product_of(factors if is_number(partial, 1) else [*factors, partial])


def readers(step: Step, error: str) -> list[str]:
    """The names through which a Value has an influence, and "…" for those not given."""
    if step.chain is None:
        return [] if is_number(step.formula, 0) else [error]
    links = step.chain.terms if isinstance(step.chain, Sum) else (step.chain,)
    return [_reader(link) for link in links]


def _reader(link: Any) -> str:
    """Of ∂E/∂h · ∂h/∂w it is h, and of the direct ∂E/∂w it is E."""
    match link:
        case Product((Derivative(_, reader), _)) | Derivative(reader) | Symbol(reader):
            return str(reader)
    raise TypeError(f"no link of a chain rule: {link!r}")
