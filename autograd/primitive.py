"""Primitives: rules made into functions of numbers of any kind, including Values."""

import functools
import importlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_type_hints

from autograd import rules
from autograd.graph import is_node
from autograd.numbers.arrays import is_of_objects, require_numbers
from autograd.numbers.domains import Interval, interval_of
from autograd.numbers.ieee import by_ieee, is_too_large, plain
from autograd.numbers.kinds import Number, as_python, kind_of
from autograd.numbers.python import COMPLEX, REAL
from autograd.numbers.text import number_text
from autograd.slips import answers_slips, refusal, with_call

if TYPE_CHECKING:
    from inspect import Parameter

Rule = Callable[..., tuple[Number, tuple[Number, ...]]]

# What pictures write in the node of an operation, if it is not the rule's name.
_SYMBOLS = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "floordiv": "//",
    "mod": "%",
    "pos": "+",
    "neg": "-",
    "pow": "**",
    "constant_power": "**{exponent}",
}

# The types of nearly all constants.
_PLAIN = frozenset([bool, int, float])

# The flag of a function that takes any number of operands, `inspect.CO_VARARGS`.
_VARIADIC = 0x04


class Primitive:
    """A rule, with its name and the constants that are bound to it.

    Called with plain numbers, it returns the result of the rule; with a Value among them,
    a new Value that remembers the primitive.
    """

    def __init__(self, rule: Rule):
        functools.update_wrapper(self, rule)
        self.__qualname__ = rule.__qualname__
        self.name = rule.__name__
        self.constants: dict[str, Any] = {}
        self.rule = rule

    def __call__(self, *operands: Number, **constants: Any) -> Any:
        if not operands:
            raise TypeError(self._without_operands(constants))
        primitive = self.bind(**constants) if constants else self
        return kind_of(*operands).apply(primitive, operands)

    def bind(self, **constants: Any) -> "Primitive":
        """The same primitive, with keyword arguments of its rule fixed."""
        for name, constant in constants.items():
            if type(constant) in _PLAIN:
                continue
            if not is_of_objects(constant):
                require_numbers(constant)
            if is_node(constant):
                raise TypeError(
                    f"{name} of {self.name}() is a constant, which is not differentiated: "
                    f"give a plain number, not {constant!r}"
                )
        constants = {name: as_python(constant) for name, constant in constants.items()}
        bound = object.__new__(Primitive)
        bound.__dict__.update(self.__dict__)
        bound.constants = {**self.constants, **constants}
        bound.rule = functools.partial(self.rule, **constants)
        return bound

    def evaluate(self, operands: Sequence[Number]) -> tuple[Number, tuple[Number, ...]]:
        """The result and the partials at these operands; floats follow IEEE 754."""
        try:
            return self.rule(*operands)
        except (ArithmeticError, TypeError) as error:
            return self.recover(error, operands)

    def recover(
        self, error: Exception, operands: Sequence[Number]
    ) -> tuple[Number, tuple[Number, ...]]:
        """The result and the partials after the rule raised an error.

        Floats are computed again by IEEE 754, and numbers whose operators refuse one another
        are converted. If neither helps, the error is raised; for exact numbers it says what to
        write instead.
        """
        if isinstance(error, TypeError):
            if fault := refusal(self.name, self, self.constants):
                raise TypeError(fault) from None
            # If the rule has no frame in the traceback, it never began: Python refused the call.
            if error.__traceback__ and not error.__traceback__.tb_next:
                raise TypeError(with_call(error, self.name, self)) from None
            converted = kind_of(*operands).converted(operands)
            if converted is operands:
                raise error
            return self.evaluate(converted)
        if not isinstance(error, ArithmeticError):
            raise error
        if not _are_floats(operands):
            self._say(error, operands)
            raise error
        try:
            result, partials = self.rule(*by_ieee(operands))
        except ArithmeticError as error:
            self._say(error, operands)
            raise
        return plain(result), tuple(map(plain, partials))

    def _say(self, error: ArithmeticError, operands: Sequence[Number]) -> None:
        """Raises the error again if exact numbers met it, saying where and what to write."""
        numbers = (*operands, *self.constants.values())
        exact = {type(x).__name__: None for x in numbers if _is_beyond_ieee(x)}
        # An error with a cause was explained already, by a rule that this one calls.
        if error.__cause__ or not exact:
            return
        named = [number_text(x) for x in operands]
        named += [f"{name}={number_text(number)}" for name, number in self.constants.items()]
        call = f"{self.name}({', '.join(named):.200})"
        if isinstance(error, ZeroDivisionError):
            raise ZeroDivisionError(
                f"{call} or its derivative divides by zero, which is an error in numbers of type "
                f"{', '.join(exact)}: give float(x) for x, as floats follow IEEE 754 and have "
                "infinities"
            ) from error
        if isinstance(error, OverflowError):
            raise OverflowError(
                f"{call} or its derivative needs a float of an exact number too large for one "
                f"({error}): give a float, or mpmath.mpf(x), which may be as large"
            ) from error
        if isinstance(error, FloatingPointError) and "Fraction" in exact:
            raise FloatingPointError(
                f"{call} needs a float, and {error}: give mpmath.mpf(x), which keeps it apart"
            ) from error

    def _without_operands(self, constants: dict[str, Any]) -> str:
        """What is wrong with a call that gives no operand by position."""
        names = self.operand_names
        if set(names) & set(constants):
            return f"numbers are given by position: write {self.name}({', '.join(names)})"
        fault = refusal(self.name, self, constants)
        return fault or f"{self.name}() was given nothing: give at least one number"

    @property
    def operand_names(self) -> list[str]:
        """The names of the operands that the rule differentiates: its positional parameters.

        >>> PRIMITIVES["leaky_relu"].operand_names
        ['x']
        """
        return [p.name for p in self._parameters() if p.kind is not p.KEYWORD_ONLY]

    @property
    def constant_names(self) -> list[str]:
        """The names of what is not differentiated: the keyword-only parameters, bound or not.

        >>> PRIMITIVES["leaky_relu"].constant_names
        ['slope']
        """
        return [p.name for p in self._parameters() if p.kind is p.KEYWORD_ONLY]

    @property
    def takes_any_number(self) -> bool:
        """Whether it takes any number of operands, as `def sum(*terms)` does."""
        return any(p.kind is p.VAR_POSITIONAL for p in self._parameters())

    @property
    def is_unary(self) -> bool:
        """Whether it takes exactly one operand."""
        # Asked about every rule at import, where `inspect` would take longer than all the rest.
        code = self._written_rule().__code__
        return bool(code.co_argcount == 1 and not code.co_flags & _VARIADIC)

    def domains(self, count: int) -> list[Interval]:
        """For each of `count` operands, the interval in which it is meant to lie.

        >>> PRIMITIVES["log"].domains(1)
        [Interval(low=0, high=inf)]
        """
        hints = get_type_hints(self._written_rule(), include_extras=True)
        named = [interval_of(hints.get(name)) for name in self.operand_names]
        return [named[min(i, len(named) - 1)] for i in range(count)]

    def _written_rule(self) -> Any:
        """The rule as it was written: without its constants, and without a check around it."""
        rule: Any = self
        while hasattr(rule, "__wrapped__"):
            rule = rule.__wrapped__
        return rule

    def _parameters(self) -> list["Parameter"]:
        from inspect import signature  # It takes longer to import than the whole engine.

        return list(signature(self._written_rule()).parameters.values())

    def __getattr__(self, name: str) -> Any:
        # For help() and `inspect.signature`. The rule's own signature would say that it returns
        # partials.
        if name != "__signature__":
            raise AttributeError(f"the primitive {self.name} has no attribute {name!r}")
        from inspect import Parameter, Signature

        parameters = [
            p.replace(annotation=Parameter.empty, default=self.constants.get(p.name, p.default))
            for p in self._parameters()
        ]
        return Signature(parameters)

    @property
    def symbol(self) -> str:
        """What a picture shows for it: "+" for add, "**2" for a square, else the name."""
        symbol = _SYMBOLS.get(self.name, self.name)
        return symbol.format(**self.constants) if self.constants else symbol.partition("{")[0]

    def __repr__(self) -> str:
        return f"<primitive {self.name}{self.__signature__}>"

    # By name: under the rule's name pickle finds this primitive, and would refuse the rule itself.
    def __reduce__(self) -> str | tuple[Any, ...]:
        if self.__module__ == rules.__name__:
            return _built_in, (self.name, self.constants)
        if "<locals>" in self.__qualname__:
            from pickle import PicklingError  # Slow to import: a tenth of `import autograd`.

            raise PicklingError(
                f"the rule {self.__qualname__} is defined within a function, where pickle can't "
                "find it: define it at the top level of a module"
            )
        if self.constants:
            return _found_by_name, (self.__module__, self.__qualname__, self.constants)
        return self.__qualname__


def is_built_in(primitive: Primitive) -> bool:
    """Whether its rule is one of autograd's own."""
    return primitive.__module__ == rules.__name__


def _built_in(name: str, constants: dict[str, Any]) -> Primitive:
    unbound = (PRIMITIVES | SLOPES)[name]
    return unbound.bind(**constants) if constants else unbound


def _found_by_name(module: str, qualname: str, constants: dict[str, Any]) -> Primitive:
    unbound = functools.reduce(getattr, qualname.split("."), importlib.import_module(module))
    return unbound.bind(**constants)  # type: ignore[no-any-return]


@answers_slips
def primitive(rule: Rule) -> Primitive:
    """Turns a rule of your own into a differentiable function; a decorator.

    A rule may be run over any kind of number, so take its functions from `autograd` rather than
    from `math`: `autograd.sqrt(x)` is right for any kind of number, and follows IEEE 754.

    A rule may also call `math`, SciPy, C or a table, which take floats only. It is then run lane
    by lane, and a compiled program that uses it is run by Python (see `compile`). Its derivatives
    can be differentiated again as far as its partials are made of functions of `autograd`: a rule
    that calls math.lgamma and has `digamma` as its partial has derivatives of every order.

    Args:
        rule: `rule(*operands)` returns the result and a tuple of the partial derivatives, one
            for each operand. What is not to be differentiated is a keyword-only argument.

    Returns:
        A function of numbers or Values.

    Raises:
        TypeError: if rule is not a function; at a call, if it returns anything else.

    >>> from autograd import Value
    >>> @primitive
    ... def cube(x):
    ...     return x**3, (3 * x**2,)
    >>> x = Value(2.0)
    >>> cube(x).backward()
    >>> cube(2.0), x.grad
    (8.0, 12.0)
    """
    if not callable(rule):
        raise TypeError(f"primitive() decorates a rule, a function, not {rule!r}")
    made: Primitive = object.__new__(Primitive)
    made.__init__(checked(rule, made))  # type: ignore[misc]
    return made


def checked(rule: Rule, primitive: Primitive) -> Rule:
    """The rule of a primitive, with a check of what it returns.

    If it can't be run over numbers of some kind, that kind may call it in another way: an array
    calls it lane by lane, and a program when the program runs.
    """

    @functools.wraps(rule)
    def checked(*operands: Number, **constants: Any) -> tuple[Number, tuple[Number, ...]]:
        try:
            answer = rule(*operands, **constants)
        except Exception as error:
            bound = primitive.bind(**constants) if constants else primitive
            return kind_of(*operands).call_back(bound, operands, error)
        expected = (
            f"the rule {rule.__name__} must return its result and a tuple of "
            f"{len(operands)} partial(s), as in `return x * y, (y, x)`"
        )
        if not (isinstance(answer, tuple) and len(answer) == 2):
            raise TypeError(f"{expected}; it returned {answer!r}")
        result, partials = answer
        if not isinstance(partials, tuple):
            raise TypeError(f"{expected}; its partials were {partials!r}")
        if len(partials) != len(operands):
            raise TypeError(f"{expected}; it returned {len(partials)}: {partials!r}")
        if complex in map(type, (result, *partials)) and _are_floats(operands):
            # As (-2.0) ** 0.5 does in Python, without an error. By IEEE 754 it is nan.
            raise FloatingPointError(f"{rule.__name__} made a complex number of floats")
        result, partials = as_python(result), tuple(map(as_python, partials))
        try:
            kind_of(result, *partials)
        except TypeError as error:
            raise TypeError(f"{expected}; {error}") from None
        return result, partials

    return checked


def _are_floats(operands: Sequence[Number]) -> bool:
    """Whether IEEE 754 applies: to plain numbers, unless they are exact and one is a Fraction."""
    types = set(map(type, operands))
    kind = kind_of(*operands)
    return kind is COMPLEX or (kind is REAL and (Fraction not in types or float in types))


def _is_beyond_ieee(number: Number) -> bool:
    """Whether it is neither a float nor complex, nor an integer that fits in a float."""
    if isinstance(number, int):
        return is_too_large(number)
    return not isinstance(number, (float, complex, type(None)))


PRIMITIVES = {
    name: Primitive(rule)
    for name, rule in vars(rules).items()
    if callable(rule)
    and getattr(rule, "__module__", None) == rules.__name__
    and name[0] != "_"
    and rule not in rules.SLOPES
}
# The slopes: derivatives that have a rule of their own, but are not public functions.
SLOPES = {rule.__name__: Primitive(rule) for rule in rules.SLOPES}


def clipped(x: Any, low: Any = None, high: Any = None) -> Any:
    """`autograd.clip` and `numpy.clip`: x between two bounds, of which None stands for none."""
    x = x if low is None else PRIMITIVES["maximum"](x, low)
    return x if high is None else PRIMITIVES["minimum"](x, high)
