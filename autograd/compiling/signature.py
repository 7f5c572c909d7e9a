"""Arguments by name: bound as Python binds them, and given to the function as they were."""

import inspect
from collections.abc import Callable
from typing import Any

_OF_ANYTHING = inspect.Signature(
    [
        inspect.Parameter("args", inspect.Parameter.VAR_POSITIONAL),
        inspect.Parameter("keywords", inspect.Parameter.VAR_KEYWORD),
    ]
)


def signature_of(function: Callable[..., Any]) -> inspect.Signature:
    """The signature of a function; some that are written in C have none."""
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return _OF_ANYTHING


def in_order(
    signature: inspect.Signature, args: tuple[Any, ...], keywords: dict[str, Any]
) -> tuple[tuple[Any, ...], tuple[str, ...]]:
    """The arguments in the order of the signature, and the names of the last of them.

    Those that can be given by position are. Defaults are left to the function.

    Raises TypeError for arguments that do not fit.

    >>> in_order(inspect.signature(lambda x, y=1, *, z=2: x), (), {"z": 5, "x": 3})
    ((3, 5), ('z',))
    """
    if not keywords:
        return args, ()
    bound = signature.bind(*args, **keywords)
    return (*bound.args, *bound.kwargs.values()), tuple(bound.kwargs)


def with_keywords(function: Callable[..., Any], names: tuple[str, ...]) -> Callable[..., Any]:
    """A function that takes its keywords as the last arguments."""
    if not names:
        return function

    def of_positions(*args: Any) -> Any:
        count = len(args) - len(names)
        return function(*args[:count], **dict(zip(names, args[count:], strict=True)))

    return of_positions


def bare(signature: inspect.Signature) -> inspect.Signature:
    """A signature without annotations, and with plain defaults alone, so that it can be pickled."""
    plain = (int, float, str, bool, type(None))

    def without(parameter: inspect.Parameter) -> inspect.Parameter:
        default = parameter.default
        is_kept = default is parameter.empty or type(default) in plain
        return parameter.replace(annotation=parameter.empty, default=default if is_kept else ...)

    return inspect.Signature(list(map(without, signature.parameters.values())))
