"""Module: an object that finds its parameters by itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from autograd import Value


class Module:
    """The base of everything that has parameters. A subclass defines `__call__`.

    Parameters are the leaf Values among the attributes, in lists, tuples, dicts, NumPy
    arrays of objects and other modules at any depth; one that is shared counts once. An
    attribute whose name begins with an underscore is left out: keep there what is not to
    be trained. A set has no order in which to save its parameters: where one holds any that
    are nowhere else, all methods raise TypeError. Objects of other classes are not searched.

    >>> class Line(Module):
    ...     def __init__(self):
    ...         self.slope, self.offset = Value(2.0), Value(1.0)
    ...     def __call__(self, x):
    ...         return self.slope * x + self.offset
    >>> line = Line()
    >>> line(3.0).backward()
    >>> [(name, p.grad) for name, p in line.named_parameters()]
    [('slope', 3.0), ('offset', 1)]
    """

    def parameters(self) -> list[Value]:
        """The parameters, in the order in which the attributes were set."""
        return [parameter for _, parameter in _parameters_of(self)]

    def named_parameters(self) -> list[tuple[str, Value]]:
        """The parameters with the path to each, such as "layers.0.neurons.1.w.0"."""
        return [(_joined(path), value) for path, value in _parameters_of(self)]

    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0."""
        for parameter in self.parameters():
            parameter.grad = 0

    def state_dict(self) -> dict[str, float]:
        """The number of each parameter by its path, ready for `json.dump`.

        Raises TypeError where a number is neither int nor float, which JSON would lose.

        >>> import nn, random
        >>> nn.Neuron(2, rng=random.Random(0)).state_dict()
        {'w.0': 0.6888437030500962, 'w.1': 0.515908805880605, 'b': 0.0}
        """
        state = {name: parameter.data for name, parameter in self.named_parameters()}
        for name, number in state.items():
            if not isinstance(number, (int, float)):
                raise TypeError(f"state_dict() holds plain floats, and {name} is {number!r}")
        return state

    def load_state_dict(self, state: Mapping[str, float]) -> None:
        """Sets the parameters to what `state_dict` returned. On an error nothing is changed.

        Raises ValueError where names are missing or unknown, TypeError for what is no float
        and for a state that is no dict.
        """
        if not isinstance(state, Mapping):
            raise TypeError(
                f"load_state_dict() takes a dict, such as state_dict() returns, not {state!r}"
            )
        parameters = dict(self.named_parameters())
        missing = [name for name in parameters if name not in state]
        unknown = [name for name in state if name not in parameters]
        if missing or unknown:
            raise ValueError(
                f"the state does not fit this {type(self).__name__}: "
                f"missing {_some(missing)}, unknown {_some(unknown)}"
            )
        for name, number in state.items():
            if isinstance(number, bool) or not isinstance(number, (int, float)):
                raise TypeError(f"{name} must be a float, not {number!r}")
        for name, parameter in parameters.items():
            parameter.data = state[name]


# A path is a pair of the path before and a name: cheap to make, and joined where it is read.
_Path = tuple[Any, ...]


def _joined(path: _Path) -> str:
    names = []
    while path:
        path, name = path
        names.append(str(name))
    return ".".join(reversed(names))


def _parameters_of(module: Module) -> list[tuple[_Path, Value]]:
    seen: set[int] = set()
    sets: list[tuple[_Path, Any]] = []
    found = list(_parameters_in(module, (), seen, sets))
    # At the end, for a set may hold some of the parameters that were found elsewhere.
    for path, elements in sets:
        if any(_parameters_in(list(elements), path, seen, sets)):
            raise TypeError(
                f"{_joined(path)} is a set of parameters, which has no order: make it a list, "
                "or begin its name with an underscore if they are not to be trained"
            )
    return found


def _parameters_in(
    thing: Any, path: _Path, seen: set[int], sets: list[tuple[_Path, Any]]
) -> Iterator[tuple[_Path, Value]]:
    if isinstance(thing, Value):
        if id(thing) not in seen and not thing.parents:
            seen.add(id(thing))
            yield path, thing
        return
    # A module may lead back to itself; a list is looked at wherever it stands.
    if isinstance(thing, Module):
        if id(thing) in seen:
            return
        seen.add(id(thing))
    if isinstance(thing, (set, frozenset)):
        sets.append((path, thing))
    for name, part in _parts(thing):
        yield from _parameters_in(part, (path, name), seen, sets)


def _parts(thing: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(thing, (list, tuple)):
        return enumerate(thing)
    if isinstance(thing, Module):
        return [(name, part) for name, part in vars(thing).items() if name[0] != "_"]
    if isinstance(thing, dict):
        return thing.items()
    if getattr(getattr(thing, "dtype", None), "kind", "") == "O":
        return enumerate(thing if thing.shape else [thing.item()])
    return ()


def _some(names: list[Any]) -> str:
    if not names:
        return "none"
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(map(str, names[:5])) + more
