"""A graph as equations, each of a named Value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograd.explaining.equations import Equation
from autograd.naming import lines_of
from autograd.value import Value


@dataclass(frozen=True, eq=False)
class Outline:
    """The equations of a graph, layer by layer from its leaves on, and the names.

    Attributes:
        equations: one for each named Value that was computed; the last is the error's.
        names: the name of each named Value, including leaves.
    """

    equations: tuple[Equation, ...]
    names: dict[Value, str]


def outline(
    error: Value, wanted: Sequence[Value], names: Mapping[Value, str] | None = None
) -> Outline:
    """The equations of the graph that computed an error; see `lines_of`."""
    found = lines_of(error, wanted, names)
    equations = (Equation(x.value, x.nodes, x.inputs, found.names) for x in found.lines)
    return Outline(tuple(equations), found.names)
