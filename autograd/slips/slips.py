"""Names that other packages use for what is here: whoever types one is told what to write.

A PyTorch user writes `SGD(parameters, lr=0.1)`. Python's own answer, "unexpected keyword
argument", does not say that the name here is `learning_rate`. The decorator `answers_slips` does,
after Python has refused the call. `Elsewhere` does so for attributes, and `_ImportsElsewhere` for
modules such as `autograd.numpy`. Each name is a line in a table in `names.py`.
"""

from __future__ import annotations

import functools
import operator
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Never, ParamSpec, TypeVar

from autograd.slips.names import ABSENT, IMPORTS, NAMES, WRITTEN

P = ParamSpec("P")
R = TypeVar("R")


class Absent:
    """A name that objects of a class do not have: reading it raises, and says what to write.

    `__getattr__` would be asked for missing names only, but would slow down all attributes. If the
    name is set on an object or defined in a subclass, it is an ordinary attribute there.
    """

    def __init__(self, name: str, advice: str):
        self.name = name
        self.advice = advice
        self.__doc__ = f"None of its names{advice}"

    def __get__(self, thing: Any, owner: type) -> Any:
        raise AttributeError(f"{self._refusal(owner)}{self.advice}")

    def _refusal(self, owner: type) -> str:
        return f"{owner.__name__!r} object has no attribute {self.name!r}"


class Elsewhere(Absent):
    """A name that a Value does not have: setting it raises too, and says what to write.

    A subclass takes attributes, so there it is an ordinary one.
    """

    def __get__(self, node: Any, owner: type) -> Any:
        if node is not None and owner.__dictoffset__:
            if self.name in vars(node):
                return vars(node)[self.name]
            raise AttributeError(self._refusal(owner))
        raise AttributeError(f"{self._refusal(owner)}{self.advice}")

    def __set__(self, node: Any, setting: Any) -> None:
        if not type(node).__dictoffset__:
            raise AttributeError(f"{self._refusal(type(node))}{self.advice}")
        vars(node)[self.name] = setting


def refused_import(module: str, name: str) -> str:
    """What to write instead of a name that a module does not have."""
    words = f"module {module!r} has no attribute {name!r}"
    instead = _imported_instead(f"{module}.{name}")
    return f"{words}: write {instead}" if instead else words


def _imported_instead(path: str) -> str:
    """What a missing name such as "nn.mlp" may stand for; "" if nothing resembles it."""
    package, _, name = path.rpartition(".")
    if path in IMPORTS or package not in ("autograd", "nn") or name.startswith("_"):
        return IMPORTS.get(path, "")
    # nn.relu and autograd.fit
    other = "nn" if package == "autograd" else "autograd"
    if name in dir(sys.modules.get(other)):
        return f"{other}.{name}"
    from difflib import get_close_matches  # Here, so that `import autograd` stays quick.

    alike = {public.lower(): public for public in dir(sys.modules[package])}
    return "".join(
        f"{package}.{alike[close]}" for close in get_close_matches(name.lower(), alike, 1, 0.8)
    )


class _ImportsElsewhere:
    """An importer that Python asks last, for modules that no other finds.

    With it `import autograd.numpy` and `from autograd import elementwise_grad` say what to write.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        if instead := _imported_instead(name):
            raise ImportError(f"there is no {name} here: write {instead}", name=name)


sys.meta_path.append(_ImportsElsewhere)


def answers_slips(function: Callable[P, R]) -> Callable[P, R]:
    """Makes a function, or the `__init__` of a class, say how to call it; a decorator.

    If Python refuses a call because of its arguments, the TypeError says what to write instead.

    >>> @answers_slips
    ... def descend(learning_rate=0.1): ...
    >>> descend(lr=0.5)
    Traceback (most recent call last):
    TypeError: descend() takes no 'lr': write learning_rate=0.5. The call is
    descend(learning_rate=0.1)
    """

    @functools.wraps(function)
    def answering(*args: P.args, **keywords: P.kwargs) -> R:
        try:
            return function(*args, **keywords)
        except TypeError as error:
            # If the function has a frame in the traceback, the error is not about the call.
            if error.__traceback__ and error.__traceback__.tb_next:
                raise
            name = function.__name__
            if name == "__init__":
                name = type(args[0]).__name__
            elif name == "__call__":
                name = "model"
            answer = TypeError(
                refusal(name, function, keywords) or with_call(error, name, function)
            )
        # Here, since raised above it would show Python's own message as well.
        raise answer

    return answering


def refusal(name: str, function: Callable[..., object], keywords: Mapping[str, object]) -> str:
    """What is wrong with the keywords of a call, and what to write; "" if they are right."""
    taken = _parameters(function)
    return next(
        (
            f"{name}() takes no {keyword!r}: {_instead(name, keyword, given, taken)}. "
            f"The call is {_call(name, function)}"
            for keyword, given in keywords.items()
            if keyword not in taken
        ),
        "",
    )


def _instead(function: str, keyword: str, given: object, taken: Iterable[str]) -> str:
    """What to write instead of a keyword of a function."""
    from difflib import get_close_matches  # Here, so that `import autograd` stays quick.

    name = meant(keyword, taken)
    absent = ABSENT.get(f"{function}.{keyword}") or ABSENT.get(keyword)
    if absent and not name:
        return absent
    alike = {name.lower(): name for name in taken}
    for close in get_close_matches(keyword.lower(), alike, 1):
        name = name or alike[close]
    if not name:
        return "leave it out"
    shown = f"{name}={given!r}"
    return f"write {WRITTEN.get(name) or (shown if len(shown) < 60 else f'{name}=...')}"


def meant(other: str, names: Iterable[str]) -> str:
    """Which of these names another package's name stands for; "" for none."""
    return next((name for name in names if other in NAMES.get(name, "").split()), "")


def with_call(error: TypeError, name: str, function: Callable[..., object]) -> str:
    """Python's message about a call that it refused, and how to call the function."""
    import re  # Here, so that `import autograd` stays quick.
    from inspect import signature

    words = str(error).replace(f"{getattr(function, '__qualname__', name)}()", f"{name}()")
    parameters = signature(function).parameters
    has_too_many = words.endswith(" given")
    if has_too_many and "self" in parameters:
        # Python counts `self` too, which the caller does not think of.
        words = re.sub(r"\d+", lambda count: str(int(count[0]) - 1), words)
        words = words.replace("takes 1 positional arguments", "takes 1 positional argument")
        words = words.replace(" 0 positional argument ", " 0 positional arguments ")
        words = words.replace("but 1 were", "but 1 was")
    call = f"{words}. The call is {_call(name, function)}"
    if name == "model":
        return f"{call}: a point is one list of numbers, as in model([1.0, 2.0])"
    if has_too_many and any(p.kind is p.KEYWORD_ONLY for p in parameters.values()):
        return f"{call}: what stands after the * is given by its name"
    # Missing arguments stand in quotes.
    forms = [WRITTEN[missing] for missing in re.findall(r"'(\w+)'", words) if missing in WRITTEN]
    return f"{call}: write {', '.join(forms)}" if forms else call


def _parameters(function: Callable[..., object]) -> list[str]:
    from inspect import signature  # It takes longer to import than the whole engine.

    return [
        p.name
        for p in signature(function).parameters.values()
        if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)
    ]


def _call(name: str, function: Callable[..., object]) -> str:
    """How to call a function: its name and its parameters, with their defaults."""
    from inspect import signature

    written = signature(function)
    parameters = [
        p.replace(annotation=p.empty)
        for p in written.parameters.values()
        if p.name != "self" and p.annotation is not Never
    ]
    return f"{name}{written.replace(parameters=parameters, return_annotation=written.empty)}"


def whole_number(name: str, number: Any, least: int = 1) -> int:
    """The number as an int. Raises ValueError if it is not a whole number, or too small.

    >>> whole_number("count", 2.5)
    Traceback (most recent call last):
    ValueError: count is a whole number of at least 1, not 2.5
    """
    try:
        whole = operator.index(number)
    except TypeError:
        whole = least - 1
    if whole < least:
        raise ValueError(f"{name} is a whole number of at least {least}, not {number!r}")
    return whole
