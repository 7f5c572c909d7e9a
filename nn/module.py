"""Module: an object that finds its parameters by itself."""

import sys
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

    `==` compares the numbers of parameters, so a list of them finds another that is equal. Take
    some out by a set, which goes by identity, as the list of `parameters()` does:
    `frozen = {model.bias}`, then `[p for p in model.parameters() if p not in frozen]`.

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

    def parameters(self) -> "Parameters":
        """The parameters, in the order in which the attributes were set.

        In this list `in`, `index`, `count` and `remove` go by identity.
        """
        return Parameters(parameter for _, parameter in _parameters_of(self))

    def named_parameters(self) -> list[tuple[str, Value]]:
        """The parameters with the path to each, such as "layers.0.neurons.1.w.0".

        Raises ValueError where two paths are the same, such as those of the keys 1 and "1".
        """
        return [(joined(path), value) for path, value in paths_of(self)]

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


class Parameters(list[Value]):
    """A list that tells its Values apart by identity, for `==` compares their numbers.

    Its slices, copies and sums are such lists too.

    >>> weights = Parameters([Value(0.0), Value(0.0)])
    >>> weights[1] in weights[:1], weights.index(weights[1])
    (False, 1)
    """

    def __contains__(self, value: object) -> bool:
        return any(held is value for held in self)

    def index(self, value: Any, start: Any = 0, stop: Any = sys.maxsize) -> int:
        for place in range(*slice(start, stop).indices(len(self))):
            if self[place] is value:
                return place
        raise ValueError(f"{value!r} is not in the list")

    def count(self, value: Any) -> int:
        return sum(held is value for held in self)

    def remove(self, value: Any) -> None:
        del self[self.index(value)]

    def copy(self) -> "Parameters":
        return Parameters(self)

    def __getitem__(self, place: Any) -> Any:
        found = super().__getitem__(place)
        return Parameters(found) if isinstance(place, slice) else found

    def __add__(self, other: Any) -> Any:
        return Parameters(super().__add__(other))

    def __radd__(self, other: Any) -> Any:
        return Parameters([*other, *self]) if isinstance(other, list) else NotImplemented


# While it is searched for, a path is a pair of the path before and a name: cheap to make.
_Path = tuple[Any, ...]


def paths_of(module: Module) -> list[tuple[tuple[Any, ...], Value]]:
    """The parameters, with the names that lead to each: attributes, keys and positions.

    Raises ValueError where two of them would have the same name.
    """
    found = [(_names(path), value) for path, value in _parameters_of(module)]
    seen = set()
    for path, _ in found:
        name = joined(path)
        if name in seen:
            raise ValueError(
                f"two parameters of this {type(module).__name__} have the name {name!r}: give "
                "one of their attributes or keys another"
            )
        seen.add(name)
    return found


def joined(path: tuple[Any, ...]) -> str:
    """The name of a parameter: "layers.0.b"."""
    return ".".join(map(str, path))


def _names(path: _Path) -> tuple[Any, ...]:
    names = []
    while path:
        path, name = path
        names.append(name)
    return tuple(reversed(names))


def _parameters_of(module: Module) -> list[tuple[_Path, Value]]:
    # By id; the things themselves keep their ids from being given to others.
    seen: dict[int, Any] = {}
    sets: list[tuple[_Path, Any]] = []
    found = list(_parameters_in(module, (), seen, sets))
    # At the end, for a set may hold some of the parameters that were found elsewhere.
    for path, elements in sets:
        if any(_parameters_in(list(elements), path, seen, sets)):
            raise TypeError(
                f"{joined(_names(path))} is a set of parameters, which has no order: make it a "
                "list, or begin its name with an underscore if they are not to be trained"
            )
    return found


def _parameters_in(
    thing: Any, path: _Path, seen: dict[int, Any], sets: list[tuple[_Path, Any]]
) -> Iterator[tuple[_Path, Value]]:
    waiting = [(path, thing)]
    while waiting:
        path, thing = waiting.pop()
        # What is shared counts once, and what leads back to itself has an end.
        if id(thing) in seen:
            continue
        if isinstance(thing, Value):
            if not thing.parents:
                seen[id(thing)] = thing
                yield path, thing
            continue
        parts = _parts(thing)
        if parts is None:
            continue
        seen[id(thing)] = thing
        if isinstance(thing, (set, frozenset)):
            sets.append((path, thing))
        waiting += [((path, name), part) for name, part in reversed(list(parts))]


def _parts(thing: Any) -> Iterable[tuple[Any, Any]] | None:
    """What a container holds, by name; None for what is no container."""
    if isinstance(thing, (list, tuple)):
        return enumerate(thing)
    if isinstance(thing, Module):
        return [(name, part) for name, part in vars(thing).items() if not _is_private(name)]
    if isinstance(thing, dict):
        return thing.items()
    if isinstance(thing, (set, frozenset)):
        return ()
    if getattr(getattr(thing, "dtype", None), "kind", "") == "O":
        return enumerate(thing if thing.shape else [thing.item()])
    return None


def _is_private(name: Any) -> bool:
    return isinstance(name, str) and name.startswith("_")


def _some(names: list[Any]) -> str:
    if not names:
        return "none"
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(map(str, names[:5])) + more
