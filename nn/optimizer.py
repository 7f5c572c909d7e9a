"""Optimizer: the base of all that change the data of parameters by their gradients."""

import copy
import pickle
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from autograd import Value
from autograd.slips import NAMES, answers_slips, meant, whole_number
from nn.checks import (
    as_python,
    not_negative,
    require_float,
    require_state,
)

# What other packages call the options of optimizers, without the names that are also ours.
_OPTIONS = ("learning_rate", "momentum", "weight_decay", "betas", "epsilon", "alpha")
_ELSEWHERE = frozenset(" ".join(NAMES[name] for name in _OPTIONS).split()) - set(_OPTIONS)


class _Elsewhere:
    """A name that other packages have: to read it raises an error that says what to read here.

    With `__getattr__`, which would serve for all names, every step would take longer.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, optimizer: Any, owner: type) -> Any:
        options = ", ".join(owner.options)  # type: ignore[attr-defined]
        raise AttributeError(
            f"{owner.__name__} has no {self.name}: its options are attributes, which may be set: "
            f"{options}"
        )


class Optimizer(ABC):
    """The base of optimizers. A subclass defines `update`, for one parameter at a time.

    `update` takes a parameter, its gradient and the state that is kept for it, and returns the new
    parameter and the new state. A state is a tuple of numbers, which begin at 0; their names
    are in `state_names`. Gradient descent with momentum:

    >>> class Momentum(Optimizer):
    ...     state_names = ("velocity",)
    ...     def update(self, parameter, gradient, state):
    ...         (velocity,) = state
    ...         velocity = 0.9 * velocity + gradient
    ...         return parameter - self.learning_rate * velocity, (velocity,)
    >>> p = Value(1.0)
    >>> optimizer = Momentum([p], learning_rate=0.1)
    >>> for _ in range(2):
    ...     p.grad = 0.5
    ...     optimizer.step()
    >>> round(p.data, 6), optimizer.state
    (0.855, [(0.95,)])

    A compiled training calls `update` once with arrays of all parameters, if that gives the same
    as a call for each of them: write `autograd.where`, `autograd.maximum` and `x ** 0.5` instead
    of `if`, `max` and `math.sqrt`. Otherwise it is called for each, which is slower.

    Args:
        parameters: the Values to change: leaves, each given once.
        learning_rate: the size of a step.

    Attributes:
        steps: the number of steps taken; 1 during the first `update`.
        state: the state of each parameter.

    Raises:
        TypeError: for parameters that are not Values, or options that are not numbers.
        ValueError: for no parameters, one that was computed or is given twice, or options
            below 0.
    """

    # The options, which may be set at any time, with the check of each.
    options: ClassVar[Mapping[str, Callable[[str, Any], Any]]] = {"learning_rate": not_negative}
    lr, eps, param_groups = _Elsewhere(), _Elsewhere(), _Elsewhere()
    # The names of the numbers that `update` keeps for each parameter.
    state_names: ClassVar[Sequence[str]] = ()
    # Whether `update` was written elsewhere, so that what it returns is checked.
    _is_own: ClassVar[bool]

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        if isinstance(cls.state_names, str):
            raise TypeError(
                f"{cls.__name__}.state_names is a tuple of names, not {cls.state_names!r}: write "
                f"({cls.state_names!r},)"
            )
        cls._is_own = not _is_of_nn(cls.update)

    @answers_slips
    def __init__(self, parameters: Iterable[Value], learning_rate: float):
        if not isinstance(parameters, Iterable):
            raise TypeError(
                "an optimizer takes a list of Values, such as model.parameters(), "
                f"not {parameters!r:.200}"
            )
        self.parameters = list(parameters)
        if not self.parameters:
            raise ValueError("there is nothing to optimize: the list of parameters is empty")
        for parameter in self.parameters:
            if not isinstance(parameter, Value):
                raise TypeError(f"a parameter is a Value, not {parameter!r:.200}")
            if parameter.parents:
                raise ValueError(
                    f"a parameter is a leaf, and {parameter!r} was computed from others: "
                    "optimize those, or its detach()"
                )
        if len(set(self.parameters)) < len(self.parameters):
            raise ValueError(
                "a parameter is given twice, and would take two steps at once: give each once"
            )
        self.learning_rate = learning_rate
        self.steps = 0
        self.state: list[tuple[Any, ...]] = [self._beginning()] * len(self.parameters)

    def __setattr__(self, name: str, setting: Any) -> None:
        # A schedule sets options during the training. What a step itself sets bypasses this check,
        # which would take a tenth of the time of a small step.
        check = self.options.get(name)
        if check is None and name in _ELSEWHERE and _is_of_nn(type(self)):
            # It would change nothing.
            instead = meant(name, self.options)
            raise AttributeError(
                f"{type(self).__name__} has no {name}{f': write {instead}' if instead else ''}"
            )
        object.__setattr__(self, name, setting if check is None else check(name, setting))

    @abstractmethod
    def update(
        self, parameter: Any, gradient: Any, state: tuple[Any, ...]
    ) -> tuple[Any, tuple[Any, ...]]:
        """The parameter and its state after a step; nothing is changed.

        Args:
            parameter: its number, or an array of the numbers of all parameters.
            gradient: its gradient, likewise.
            state: a number, or an array, for each of `state_names`.

        Returns:
            The new parameter and the new state.
        """

    @answers_slips
    def zero_grad(self) -> None:
        """Sets the gradient of every parameter to 0."""
        for parameter in self.parameters:
            parameter.grad = 0

    @answers_slips
    def step(self) -> None:
        """Changes every parameter once, by its gradient; if that fails, none of them.

        A gradient of None counts as 0.

        Raises TypeError for a gradient that is not a number, and for a user's own `update` that
        returns something else.
        """
        parameters, steps, before = self.parameters, self.steps, self.state
        numbers: list[Any] = []
        states: list[tuple[Any, ...]] = []
        try:
            self.begin_step()
            update = self.updated if self._is_own else self.update
            # Without strict=True, which would take a tenth of the time of a small step.
            for parameter, state in zip(parameters, before):  # noqa: B905
                number, gradient = parameter.data, parameter.grad
                numbers.append(number)
                if type(number) is not float:
                    number = as_python(number)
                if type(gradient) is not float:
                    gradient = _gradient(gradient)
                parameter.data, state = update(number, gradient, state)
                states.append(state)
            object.__setattr__(self, "state", states)
        except BaseException:
            # Ctrl-C may come between any two instructions.
            self.steps, self.state = steps, before
            for parameter, number in zip(parameters, numbers, strict=False):
                parameter.data = number
            raise

    def begin_step(self) -> None:
        """Counts the step. A schedule may extend it, and set the learning rate by `steps`."""
        object.__setattr__(self, "steps", self.steps + 1)

    def updated(
        self, parameter: Any, gradient: Any, state: tuple[Any, ...]
    ) -> tuple[Any, tuple[Any, ...]]:
        """What `update` returns, which is checked if it was written elsewhere."""
        if not self._is_own:
            return self.update(parameter, gradient, state)
        if type(parameter) is not float:
            # Copies of arrays, since it may write `velocity *= 0.9`.
            parameter, gradient, state = copy.deepcopy((parameter, gradient, state))
        result = self.update(parameter, gradient, state)
        try:
            new, parts = result
            is_right = isinstance(parts, tuple) and len(parts) == len(self.state_names)
        except (TypeError, ValueError):
            is_right = False
        if not is_right:
            raise TypeError(
                f"{type(self).__name__}.update() returns the new parameter and a tuple of its new "
                f"state ({', '.join(self.state_names)}), not {result!r:.200}"
            )
        # Nearly always all are floats.
        if {float}.issuperset([type(parameter), type(new), *map(type, parts)]):
            return new, parts
        named = zip(self.state_names, parts, strict=True)
        return self._like(parameter, new, "the parameter"), tuple(
            self._like(parameter, part, name) for name, part in named
        )

    def _like(self, number: Any, part: Any, name: str) -> Any:
        """What `update` returned, as a number of Python's own or an array like the parameter."""
        where = f"{type(self).__name__}.update(): {name} after a step"
        try:
            found = None if isinstance(part, Value) else as_python(Value(part).data)
        except TypeError:
            found = None
        if found is None:
            raise TypeError(f"{where} is a number, not {part!r:.100}")
        shape, lanes = getattr(part, "shape", ()), getattr(number, "shape", ())
        if shape not in ((), lanes):
            raise TypeError(
                f"{where} has the shape of the parameter, {lanes}, not {shape}: compute element by "
                "element"
            )
        if _is_complex(found) and not _is_complex(number):
            raise TypeError(
                f"{where} is complex, {found!r:.100}: write autograd.sqrt(x) for x ** 0.5, which "
                "is nan for an x below 0"
            )
        if lanes and not shape and hasattr(number, "fill"):
            # The same number for all parameters.
            filled = number.copy()
            filled.fill(found)
            return filled
        return found

    def takes_arrays(self) -> bool:
        """Whether `update` gives for an array of numbers what it gives for each of them.

        It is tried on a few numbers, on a copy of the optimizer with copies of its attributes. An
        `update` that changes one of these, such as a generator of random numbers, takes numbers
        only.
        """
        if not self._is_own:
            return True
        import numpy as np

        twin = copy.copy(self.in_floats())
        numbers, states = [0.5, -1.25, 2.0, -0.75], [self._beginning()] * 4
        try:
            vars(twin).update(copy.deepcopy(twin._attributes()))
            with np.errstate(all="ignore"):
                # Later steps have a state, and other sizes: a norm may be clipped when it is large.
                for steps, size in enumerate((1.0, 1e-4, 1e4), start=1):
                    twin.steps = steps
                    before = _frozen(twin._attributes())
                    gradients = [1.5 * size, -0.25 * size, 0.125 * size, -3.0 * size]
                    columns = tuple(np.array(column, float) for column in zip(*states, strict=True))
                    array, arrays = twin.updated(np.array(numbers), np.array(gradients), columns)
                    results = list(map(twin.updated, numbers, gradients, states))
                    numbers, states = map(list, zip(*results, strict=True))
                    found = np.array([array, *arrays])
                    expected = np.array([numbers, *zip(*states, strict=True)])
                    if not np.allclose(found, expected, rtol=1e-9, atol=0, equal_nan=True):
                        return False
                    if _frozen(twin._attributes()) != before:
                        return False
        except Exception:
            # Python's `if`, `max` and `math` refuse arrays.
            return False
        return True

    def in_floats(self) -> "Optimizer":
        """This optimizer; if an option is not a float, a Fraction say, a copy with floats."""
        settings = {name: getattr(self, name) for name in self.options}
        if all(map(_is_float, settings.values())):
            return self
        twin = copy.copy(self)
        vars(twin).update({name: _as_float(setting) for name, setting in settings.items()})
        return twin

    @answers_slips
    def state_dict(self) -> dict[str, Any]:
        """The options and the state, ready for `json.dump`, from which a training can go on.

        It holds all attributes except functions and those whose name begins with an underscore.
        A training that is continued takes the same steps to the last bit: load the `state_dict`
        of the model too.

        Raises TypeError for an attribute that JSON would lose, such as a Fraction.

        >>> import nn
        >>> nn.SGD([Value(1.0)], learning_rate=0.1, momentum=0.9).state_dict()
        {'class': 'SGD', 'learning_rate': 0.1, 'steps': 0, 'momentum': 0.9, 'weight_decay': 0, \
'state': {'velocity': [0]}}
        """
        saved = {
            name: _as_json(name, setting)
            for name, setting in vars(self).items()
            if self._is_saved(name)
        }
        columns = {
            name: [_as_json(name, state[index]) for state in self.state]
            for index, name in enumerate(self.state_names)
        }
        return {"class": type(self).__name__, **saved, "state": columns}

    @answers_slips
    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Sets options and state to what `state_dict` returned. On an error nothing is changed.

        Raises:
            ValueError: for a state of another class or of another number of parameters, names
                that are missing or unknown, or an option that is out of range.
            TypeError: for a state that is not a dict, or holds anything but numbers.
        """
        cls = type(self).__name__
        # Those that this optimizer has only in its class are set at a later step.
        given = state if isinstance(state, Mapping) else ()
        saved = [name for name in dict.fromkeys([*vars(self), *given]) if self._is_saved(name)]
        require_state(cls, state, ["class", *saved, "state"])
        if state["class"] != cls:
            raise ValueError(f"this is the state of {state['class']}, and the optimizer is {cls}")
        require_state(f"{cls} in what it remembers", state["state"], list(self.state_names))
        columns = [state["state"][name] for name in self.state_names]
        for name, column in zip(self.state_names, columns, strict=True):
            if not isinstance(column, list) or len(column) != len(self.parameters):
                raise ValueError(
                    f"{name} is a list with a number for each of the {len(self.parameters)} "
                    f"parameters, not {column!r:.100}"
                )
            for number in column:
                require_float(name, number)
        settings: dict[str, Any] = {}
        for name in saved:
            setting = _as_json(name, state[name])
            if name in self.options:
                setting = self.options[name](name, setting)
            elif isinstance(getattr(self, name), tuple):
                setting = tuple(setting)
            settings[name] = setting
        whole_number("steps", settings["steps"], 0)
        rows = list(zip(*columns, strict=True)) if columns else [()] * len(self.parameters)
        for name, setting in (*settings.items(), ("state", rows)):
            object.__setattr__(self, name, setting)

    def __repr__(self) -> str:
        options = [f"{name}={getattr(self, name)!r}" for name in self.options]
        return f"{type(self).__name__}({len(self.parameters)} parameters, {', '.join(options)})"

    def _beginning(self) -> tuple[Any, ...]:
        return (0,) * len(self.state_names)

    def _attributes(self) -> dict[str, Any]:
        """All attributes but the parameters and their state."""
        return {
            name: setting
            for name, setting in vars(self).items()
            if name not in ("parameters", "state")
        }

    def _is_saved(self, name: str) -> bool:
        """Whether a `state_dict` holds the attribute of this name."""
        if name in ("parameters", "state") or name.startswith("_"):
            return False
        return hasattr(self, name) and not callable(getattr(self, name))


def _frozen(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes as they are now, pickled; what can't be pickled, as a lambda, is itself."""
    frozen: dict[str, Any] = {}
    for name, setting in attributes.items():
        try:
            frozen[name] = pickle.dumps(setting)
        except Exception:
            frozen[name] = setting
    return frozen


def _is_of_nn(thing: Any) -> bool:
    return str(thing.__module__).startswith("nn.")


def _is_complex(number: Any) -> bool:
    return isinstance(number, complex) or getattr(getattr(number, "dtype", None), "kind", "") == "c"


# A setting is a number or a pair of numbers.
def _is_float(setting: Any) -> bool:
    return all(map(_is_float, setting)) if type(setting) is tuple else type(setting) in (float, int)


def _as_float(setting: Any) -> Any:
    return tuple(map(_as_float, setting)) if type(setting) is tuple else float(setting)


def _as_json(name: str, setting: Any) -> Any:
    """The setting as JSON reads it again: a number, a text, or a list or dict of them."""
    setting = as_python(setting)
    if isinstance(setting, (list, tuple)):
        return [_as_json(name, part) for part in setting]
    if isinstance(setting, dict):
        if not {str}.issuperset(map(type, setting)):
            raise TypeError(
                f"JSON would make text of the keys of {name}, {list(setting)!r:.100}: make it a "
                "list, or begin the name of the attribute with an underscore to leave it out"
            )
        return {key: _as_json(f"{name}.{key}", part) for key, part in setting.items()}
    if setting is None or type(setting) in (float, int, bool, str):
        return setting
    raise TypeError(
        f"state_dict() holds plain numbers, and {name} is {setting!r:.100}: an attribute whose "
        "name begins with an underscore is left out"
    )


def _gradient(given: Any) -> Any:
    if type(given) is int:
        return given
    # PyTorch clears gradients by setting them to None.
    if given is None:
        return 0
    try:
        return Value(given).data
    except TypeError:
        raise TypeError(
            f"the grad of a parameter is {given!r:.100}, which is no number: set it to 0, as "
            "zero_grad() does before backward(), or leave the parameter out of the optimizer"
        ) from None
