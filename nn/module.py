"""Module: an object that finds its parameters by itself."""

import functools
import sys
from collections import Counter, UserDict, UserList, deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from types import (
    FunctionType,
    MappingProxyType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
    NoneType,
)
from typing import Any

from autograd import Value
from autograd.slips import MODULES, Absent, answers_slips
from nn.checks import as_python, require_float, require_state, some


class Module:
    """The base of everything that has parameters. A subclass defines `__call__`.

    Parameters are the leaf Values in its attributes, at any depth of lists, tuples, deques, dicts,
    NumPy arrays of objects and other modules; one that is shared counts once. Attributes whose
    name begins with an underscore are left out: keep there what is not to be trained. All methods
    raise TypeError for a parameter that is only in a set (which has no order to save it in), in
    an attribute of the class, or in an object of a class that is not a Module. What a function
    refers to is not searched.

    `==` compares the numbers of parameters, so `in` may find a different one that is equal in a
    plain list. Sets go by identity, and so does the list of `parameters()`: with `frozen =
    {model.bias}`, the others are `[p for p in model.parameters() if p not in frozen]`.

    >>> class Line(Module):
    ...     def __init__(self):
    ...         self.slope, self.offset = Value(2.0), Value(1.0)
    ...     def __call__(self, x):
    ...         return self.slope * x + self.offset
    >>> line = Line()
    >>> line(3.0).backward()
    >>> [(name, p.grad) for name, p in line.named_parameters()]
    [('slope', 3.0), ('offset', 1)]
    >>> line
    <Line of 2 parameters: slope, offset>
    """

    def __call__(self, *args: Any, **keywords: Any) -> Any:
        """The outputs for an input. Raises TypeError in a class that does not define it."""
        written = "rename its forward()" if hasattr(self, "forward") else "define one"
        raise TypeError(f"{type(self).__name__} has no __call__, which takes an input: {written}")

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name not in MODULES or hasattr(self, name)]

    @answers_slips
    def parameters(self) -> "Parameters":
        """The parameters, in the order in which the attributes were set.

        In this list `in`, `index`, `count` and `remove` go by identity.

        Raises TypeError for a parameter that is only where parameters are not searched for.
        """
        return Parameters(parameter for _, _, parameter in search(self))

    @answers_slips
    def named_parameters(self) -> list[tuple[str, Value]]:
        """The parameters as pairs of a path, such as "layers.0.neurons.1.w.0", and a Value.

        Raises:
            ValueError: if two paths are the same, such as those of the keys 1 and "1".
            TypeError: as `parameters` does.
        """
        named = {}
        for path, name, parameter in search(self):
            full = joined((*path, name))
            if full in named:
                raise ValueError(
                    f"two parameters of this {type(self).__name__} have the name {full!r}: give "
                    "one of their attributes or keys another"
                )
            named[full] = parameter
        return list(named.items())

    @answers_slips
    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0, as before each `backward`."""
        for _, _, parameter in search(self):
            parameter.grad = 0

    @answers_slips
    def state_dict(self) -> dict[str, float]:
        """The number of each parameter by its path, ready for `json.dump`.

        Raises TypeError for a number that is neither int nor float: JSON would lose it.

        >>> import nn, random
        >>> nn.Neuron(2, rng=random.Random(0)).state_dict()
        {'w.0': 0.6888437030500962, 'w.1': 0.515908805880605, 'b': 0.0}
        """
        state = {name: parameter.data for name, parameter in self.named_parameters()}
        for name, number in state.items():
            if not isinstance(number, (int, float)):
                raise TypeError(f"state_dict() holds plain floats, and {name} is {number!r}")
        return state

    @answers_slips
    def load_state_dict(self, state: Mapping[str, float]) -> None:
        """Sets the parameters to what `state_dict` returned. On an error nothing is changed.

        Raises:
            ValueError: if names are missing or unknown.
            TypeError: for a state that is not a dict, or holds anything but floats.
        """
        parameters = dict(self.named_parameters())
        require_state(type(self).__name__, state, list(parameters))
        for name, number in state.items():
            require_float(name, number)
        for name, parameter in parameters.items():
            parameter.data = as_python(state[name])

    def __repr__(self) -> str:
        try:
            found = [((*path, name)[0], parameter) for path, name, parameter in search(self)]
        except TypeError:
            # The other methods raise for a parameter in the wrong place, and say where it is.
            return f"<{type(self).__name__}>"
        counts = Counter(name for name, _ in found)
        parts = dict(parts_of(self))
        texts = [_described(name, parts[name], count) for name, count in counts.items()]
        return f"{_counted(self)}: {some(texts, 12)}>" if texts else f"{_counted(self)}>"


for _name, _advice in MODULES.items():
    setattr(Module, _name, Absent(_name, f": write {_advice}"))


def _described(name: Any, part: Any, count: int) -> str:
    """A part of a module that has so many parameters: "cell=Neuron(2, activation='tanh')"."""
    if isinstance(part, Value):
        return str(name)
    if isinstance(part, Module):
        return f"{name}={_short(part)}"
    inner = [_short(thing) for _, thing in parts_of(part) if isinstance(thing, Module)]
    if not inner:
        return f"{name}={_parameters(count)}"
    runs = [(text, len(list(run))) for text, run in groupby(inner)]
    return f"{name}=[{some([f'{n} x {text}' if n > 1 else text for text, n in runs])}]"


def _short(module: Module) -> str:
    """The repr of a part. A user's own module is not looked into: modules may hold one another."""
    own = type(module).__repr__ is Module.__repr__
    return f"{_counted(module)}>" if own else repr(module)


def _counted(module: Module) -> str:
    return f"<{type(module).__name__} of {_parameters(len(search(module)))}"


def _parameters(count: int) -> str:
    return "1 parameter" if count == 1 else f"{count} parameters"


class Parameters(list[Value]):
    """A list that tells its Values apart by identity, because `==` compares their numbers.

    Its slices, copies and sums do so too.

    >>> weights = Parameters([Value(0.0), Value(0.0)])
    >>> weights[1] in weights[:1], weights.index(weights[1])
    (False, 1)
    """

    def __contains__(self, value: object) -> bool:
        return any(parameter is value for parameter in self)

    def index(self, value: Any, start: Any = 0, stop: Any = sys.maxsize) -> int:
        for index in range(*slice(start, stop).indices(len(self))):
            if self[index] is value:
                return index
        raise ValueError(f"{value!r} is not in the list")

    def count(self, value: Any) -> int:
        return sum(parameter is value for parameter in self)

    def remove(self, value: Any) -> None:
        del self[self.index(value)]

    def copy(self) -> "Parameters":
        return Parameters(self)

    def __getitem__(self, index: Any) -> Any:
        item = super().__getitem__(index)
        return Parameters(item) if isinstance(index, slice) else item

    def __add__(self, other: Any) -> Any:
        return Parameters(super().__add__(other))

    def __radd__(self, other: Any) -> Any:
        return Parameters([*other, *self]) if isinstance(other, list) else NotImplemented


# The names that lead to a part of a module: attributes, keys and indices.
Path = tuple[Any, ...]


def joined(path: Path) -> str:
    """The name of a parameter: "layers.0.b"."""
    return ".".join(map(str, path))


def search(module: Module) -> list[tuple[Path, Any, Value]]:
    """The parameters, each with the path to what holds it and its name there.

    The search goes depth first, without recursion.

    Raises TypeError for a parameter that is only where parameters are not searched for.
    """
    parameters: list[tuple[Path, Any, Value]] = []
    # By id; the objects themselves keep their ids from being given to others.
    seen: dict[int, Any] = {id(module): module}
    # The attributes of each class: looked up once, however many modules are of this class.
    of_classes: dict[type, list[tuple[type, str, Any]]] = {}
    refused = deque(_refused_in(module, (), of_classes))
    # What is being searched, outermost first: its path, the parts that are left, and the reason
    # why a parameter there is refused, "" if it is not.
    searching: list[tuple[Path, Iterator[tuple[Any, Any]], str]] = [
        ((), iter(parts_of(module)), "")
    ]
    while searching or refused:
        if not searching:
            # Only at the end, because what is refused here may have been found elsewhere.
            path, name, thing, reason = refused.popleft()
            searching.append((path, iter([(name, thing)]), reason))
        path, parts, reason = searching[-1]
        for name, thing in parts:
            # What is shared counts once, and what leads back to itself is searched once.
            if id(thing) in seen:
                continue
            if isinstance(thing, Value):
                if thing.parents:
                    continue
                if reason:
                    raise TypeError(
                        f"{reason}, or begin its name with an underscore if it is not to be trained"
                    )
                seen[id(thing)] = thing
                parameters.append((path, name, thing))
            elif not isinstance(thing, _NOT_SEARCHED):
                seen[id(thing)] = thing
                inner = (*path, name)
                if type(thing) is not list and type(thing) is not tuple:
                    refused += _refused_in(thing, inner, of_classes)
                searching.append((inner, iter(parts_of(thing)), reason))
                break
        else:
            searching.pop()
    return parameters


# Numbers and strings hold nothing; a class, or a function through its module, leads to everything.
# The commonest come first, since isinstance() asks in this order.
_NOT_SEARCHED = (
    *(FunctionType, str, NoneType, property, float, int, bytes, complex, type, ModuleType),
)

_CONTAINERS: Any = {
    "list": (list, tuple, deque, UserList, type({}.values()), type({}.items())),
    "dict": (dict, UserDict, MappingProxyType),
    "set": (set, frozenset, type({}.keys())),
}


@functools.lru_cache
def _container_of(cls: Any) -> str:
    """The kind of container that a class is: "list", "dict", "set", or "" for none."""
    return next((name for name, kinds in _CONTAINERS.items() if issubclass(cls, kinds)), "")


def parts_of(thing: Any) -> Iterable[tuple[Any, Any]]:
    """The parts of a module or a container where parameters are searched for, by name."""
    if type(thing) is list or type(thing) is tuple:
        return enumerate(thing)
    parts: list[tuple[Any, Any]] = []
    if isinstance(thing, Module):
        parts += [(name, part) for name, part in _attributes(thing) if not _is_private(name)]
    cls: Any = type(thing)
    container = _container_of(cls)
    if container == "list":
        parts += enumerate(thing)
    elif container == "dict":
        parts += thing.items()
    elif getattr(getattr(thing, "dtype", None), "hasobject", False):
        items = thing.tolist()
        parts += enumerate(items if thing.shape else [items])
    return parts


def _refused_in(
    thing: Any, path: Path, of_classes: dict[type, list[tuple[type, str, Any]]]
) -> Iterator[tuple[Path, Any, Any, str]]:
    """The parts where no parameters may be: the path, name, part and reason of each."""
    cls: Any = type(thing)
    container = _container_of(cls)
    if container == "set":
        for index, part in enumerate(thing):
            reason = f"{joined(path)} is a set of parameters, which has no order"
            yield path, index, part, f"{reason}: make it a list"
    elif container == "dict":
        for key in thing:
            if not isinstance(key, _NOT_SEARCHED):
                reason = f"{joined(path)} has parameters as its keys"
                yield path, key, key, f"{reason}: make it a list of pairs"
    if isinstance(thing, Module):
        if cls not in of_classes:
            of_classes[cls] = _class_attributes(cls)
        for base, name, part in of_classes[cls]:
            # An attribute of the module itself stands before that of its class.
            if name not in vars(thing):
                reason = f"{name} is set in the class {base.__name__}, for all its objects alike"
                yield path, name, part, f"{reason}: set self.{name} in __init__"
    else:
        for name, part in _references(thing):
            attribute = f"{type(thing).__name__}.{name}"
            reason = f"{joined(path)} is no nn.Module, and {attribute} holds parameters"
            yield path, name, part, f"{reason}: make it an nn.Module, a list or a dict"


def _references(thing: Any) -> list[tuple[str, Any]]:
    """What an object that is not a Module refers to, by name."""
    if isinstance(thing, MethodType):
        return [("__self__", thing.__self__)]
    if isinstance(thing, functools.partial):
        names = ("func", "args", "keywords")
        return _attributes(thing) + [(name, getattr(thing, name)) for name in names]
    if str(type(thing).__module__).startswith("autograd."):
        # Pictures and reports hold graphs, whose numbers nobody trains.
        return [("parameters", getattr(thing, "parameters", ()))]
    return _attributes(thing)


def _attributes(thing: Any) -> list[tuple[str, Any]]:
    """The attributes of an object by name, with those in slots last."""
    attributes = getattr(thing, "__dict__", None)
    named = list(attributes.items()) if isinstance(attributes, dict) else []
    cls: Any = type(thing)
    for name, slot in _slots_of(cls):
        # A slot that was never set raises.
        with suppress(AttributeError):
            named.append((name, slot.__get__(thing)))
    return named


@functools.lru_cache
def _slots_of(cls: Any) -> list[tuple[str, MemberDescriptorType]]:
    return [
        (name, slot)
        for base in cls.__mro__
        if "__slots__" in vars(base)
        for name, slot in vars(base).items()
        if isinstance(slot, MemberDescriptorType)
    ]


def _class_attributes(cls: type) -> list[tuple[type, str, Any]]:
    """The attributes of a class that may hold parameters: each with its class and its name."""
    return [
        (base, name, part)
        for base in cls.__mro__
        if base is not Module and base is not object
        for name, part in list(vars(base).items())
        if not (isinstance(part, _NOT_SEARCHED) or _is_private(name))
        # And no class before it has another attribute of this name.
        and getattr(cls, name, None) is part
    ]


def _is_private(name: Any) -> bool:
    return isinstance(name, str) and name.startswith("_")
