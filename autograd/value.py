"""Value: a number that remembers how it was computed, and can be differentiated."""

import functools
import operator
from collections.abc import Callable
from typing import Any, Never

from autograd import copying, graph, modes
from autograd.numbers.arrays import NUMPY_NAMES, by_element, is_of_objects, require_numbers
from autograd.numbers.data import (
    as_data,
    by_position,
    checked,
    compared,
    direction,
    no_operand,
    require_data,
    summands,
)
from autograd.numbers.kinds import Kind, Number, Rank, kind_of, register
from autograd.primitive import PRIMITIVES, SLOPES, Primitive
from autograd.slips import Elsewhere, answers_slips, refusal
from autograd.slips.methods import Methods
from autograd.vectors import points
from autograd.vectors.attributes import ArrayAttributes
from autograd.vectors.points import open_vectors

# What rules raise over Python's own numbers.
_ERRORS = (ArithmeticError, TypeError, ValueError)


def method_of(primitive: Primitive) -> Callable[..., "Value"]:
    """The method for a primitive with one operand, such as `x.tanh()`."""
    rule = primitive.rule

    def method(self: "Value", **constants: Any) -> "Value":
        if constants:
            return apply(primitive.bind(**constants), (self,))
        try:
            data, partials = rule(self.data)
        except _ERRORS as error:
            data, partials = _recovered(primitive, error, (self,))
        return record(data, primitive, (self,), partials)

    method.__name__ = primitive.name
    method.__qualname__ = f"Value.{primitive.name}"
    method.__doc__ = primitive.__doc__
    return method


def _operators(name: str) -> tuple[Callable[..., "Value"], Callable[..., "Value"]]:
    """The methods for a primitive with two operands: `x + y`, and `y + x` where y is a number."""
    primitive = PRIMITIVES[name]
    rule = primitive.rule

    # The same as `apply`, written out: calling it would make a product nearly twice as slow.
    def operation(self: "Value", other: Any) -> "Value":
        if type(other) is not Value:
            operand = _operand(other)
            if operand is NotImplemented:
                return _by_position(primitive, self, other)  # type: ignore[no-any-return]
            other = operand
        try:
            data, partials = rule(self.data, other.data)
        except _ERRORS as error:
            data, partials = _recovered(primitive, error, (self, other))
        return record(data, primitive, (self, other), partials)

    def reflected(self: "Value", other: Any) -> "Value":
        operand = _operand(other)
        if operand is NotImplemented:
            return _by_position(primitive, other, self)  # type: ignore[no-any-return]
        return operation(operand, self)

    return operation, reflected


def _comparison(compare: Callable[[Any, Any], Any]) -> Callable[["Value", Any], Any]:
    """The method for a comparison, such as `operator.lt`."""

    def comparison(self: "Value", other: Any) -> Any:
        data = other.data if isinstance(other, Value) else other
        try:
            answer = compare(self.data, data)
        except (TypeError, OverflowError) as error:
            answer = compared(compare, (self.data, data), error)
        # Floats skip the checks, which would take as long as the comparison itself.
        if answer is not True and answer is not False:
            require_numbers(self.data)
            require_numbers(data)
        return answer

    return comparison


@functools.lru_cache(maxsize=64, typed=True)
def _power_with(exponent: Number) -> Callable[["Value"], "Value"]:
    return method_of(PRIMITIVES["constant_power"].bind(exponent=exponent))


class Value(ArrayAttributes, Methods):
    """A number, and a node of the graph that computed it.

    `==` and `<` compare numbers, and so do `in`, `index` and `remove` on a list: they may find
    another Value with the same number. Sets and dicts go by identity: `v in {a, b}` looks for v
    itself.

    Args:
        data: an int, float, Fraction, complex, mpmath or SymPy number, or an array
            whose elements are independent lanes.
        label: its name in pictures and messages.

    Attributes:
        data: the number. You may assign another; the next operation raises TypeError if that is
            not a number.
        grad: the derivative, with respect to this Value, of the output on which `backward` was
            called; 0 before.
        rule: the primitive that computed it; None for a leaf.
        parents: the Values that it was computed from, in order.
        partials: its derivative with respect to each parent, as numbers.

    Raises:
        TypeError: if data is not a number.

    >>> a = Value(2.0, label="a")
    >>> b = a * a + 3
    >>> b.backward()
    >>> b.data, a.grad
    (7.0, 4.0)
    """

    __slots__ = ("data", "grad", "label", "parents", "partials", "rule")

    # Makes a masked array leave `array * value` to `__array_ufunc__` below.
    __array_priority__ = 1000
    # Makes SymPy leave `symbol * value` to Value, instead of turning the Value into a SymPy number.
    _op_priority = 1000
    # Makes pandas leave `column * value` to Value, instead of multiplying element by element.
    __pandas_priority__ = 10_000

    def __init__(self, data: Number, label: str | None = None, *others: Never, **unknown: Never):
        if others or unknown or (label is not None and not isinstance(label, str)):
            raise TypeError(_no_leaf(label, others, unknown))
        self.data = data if type(data) is float or type(data) is int else checked(data)
        self.grad: Number = 0
        self.label = label
        self.rule: Primitive | None = None
        self.parents: tuple[Value, ...] = ()
        self.partials: tuple[Number, ...] = ()

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        for name in vars(cls):
            if name in _OPERATIONS:
                raise TypeError(
                    f"{cls.__name__}.{name} would not be called on results, which are plain "
                    "Values: give it another name, and if it has a derivative of its own, make it "
                    "a @primitive"
                )
            if not (name.startswith("_") or name in vars(Methods)):
                advice = f": results are plain Values. Write {cls.__name__}.{name}(x) for a method"
                setattr(Methods, name, Elsewhere(name, advice))

    @answers_slips
    def backward(self, gradient: Number = 1) -> None:
        """Adds the derivative of this Value with respect to each leaf to the leaf's `grad`.

        This is the chain rule, from here to the leaves: each node passes its gradient, times
        its partials, on to its parents. Interior nodes are cleared first, so their `grad` comes
        from this call alone; leaves accumulate until you set their `grad` to 0. Threads that
        share leaves must take turns, or use `gradients`, which changes no `grad`. If `backward`
        raises or is interrupted, each leaf keeps the `grad` that it had before, and the `grad`
        of interior nodes is undefined.

        Args:
            gradient: the derivative of the final result with respect to this Value: a number,
                or one for each lane.

        Raises:
            TypeError: if gradient is not a number.
            ValueError: if its shape is not that of this Value's lanes.
        """
        if isinstance(gradient, Value):
            raise TypeError("backward() takes its gradient as a number: write value.data")
        if type(gradient) is not int and type(gradient) is not float:
            gradient = direction(gradient, self)
        order, accumulated = graph.backward_order(self)
        # Summed from 0 and added at the end, so that a second call exactly doubles each `grad`.
        before = {leaf: leaf.grad for leaf in accumulated}
        try:
            for node in order:
                node.grad = graph.NO_GRADIENT
            for leaf in before:
                leaf.grad = graph.NO_GRADIENT
            self.grad = self.grad + gradient
            for node in reversed(order):
                grad = node.grad
                if len(node.parents) == 2:
                    # The same as below: a graph of `+` and `*` takes a tenth less time.
                    x, y = node.parents
                    slope_x, slope_y = node.partials
                    x.grad = x.grad + slope_x * grad
                    y.grad = y.grad + slope_y * grad
                else:
                    partials = iter(node.partials)
                    for parent in node.parents:
                        parent.grad = parent.grad + next(partials) * grad
            for leaf, gradient in zip(before, summands(before.values()), strict=True):
                leaf.grad = gradient + leaf.grad
        except BaseException as error:
            for leaf in graph.topological_order(self):
                if not leaf.parents:
                    leaf.grad = before.get(leaf, graph.NO_GRADIENT)
            if isinstance(error, OverflowError):
                raise graph.too_large(error) from error
            raise

    def detach(self) -> "Value":
        """A leaf with the same data: what is computed from it passes no gradient to this Value."""
        return Value(self.data)

    def conjugate(self) -> "Value":
        """This Value itself, as it is real: NumPy's `var` calls this.

        Raises TypeError for a complex number, whose conjugate has no complex derivative.
        """
        if isinstance(self.data, complex) or "complex" in str(getattr(self.data, "dtype", "")):
            raise TypeError("the conjugate of a complex number has no complex derivative")
        return self

    @property
    def op(self) -> str:
        """The symbol of the operation that computed it, such as "+"; "" for a leaf."""
        return self.rule.symbol if self.rule else ""

    __add__, __radd__ = _operators("add")
    __sub__, __rsub__ = _operators("sub")
    __mul__, __rmul__ = _operators("mul")
    __truediv__, __rtruediv__ = _operators("div")
    __floordiv__, __rfloordiv__ = _operators("floordiv")
    __mod__, __rmod__ = _operators("mod")
    _power, __rpow__ = _operators("pow")

    def __pow__(self, exponent: Any) -> "Value":
        if type(exponent) is int or type(exponent) is float:
            return _power_with(exponent)(self)
        operand = _operand(exponent)
        is_constant = isinstance(operand, Value) and operand is not exponent
        if is_constant and not hasattr(operand.data, "__array_namespace__"):
            return _power_with(operand.data)(self)
        return self._power(exponent)

    __pos__ = method_of(PRIMITIVES["pos"])
    __neg__ = method_of(PRIMITIVES["neg"])
    __abs__ = method_of(PRIMITIVES["abs"])
    __floor__ = method_of(PRIMITIVES["floor"])
    __ceil__ = method_of(PRIMITIVES["ceil"])
    __trunc__ = method_of(PRIMITIVES["trunc"])

    def __round__(self, digits: int | None = None) -> "Value":
        if digits is not None:
            raise TypeError(
                f"round(x, {digits}) of a Value would have derivative 0 everywhere: write "
                f"round(x.data, {digits}) for the number alone, or f'{{x:.{digits}f}}' to print it"
            )
        return apply(PRIMITIVES["round"], (self,))

    # Comparisons compare data, and return what that returns: a bool, or one bool per lane.
    __eq__ = _comparison(operator.eq)
    __ne__ = _comparison(operator.ne)
    __lt__ = _comparison(operator.lt)
    __le__ = _comparison(operator.le)
    __gt__ = _comparison(operator.gt)
    __ge__ = _comparison(operator.ge)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        return _of_numpy().apply_ufunc(ufunc, method, inputs, options)

    def __array_function__(
        self, function: Any, types: Any, args: tuple[Any, ...], options: dict[str, Any]
    ) -> Any:
        return _of_numpy().apply_function(function, args, options)

    # Two nodes may hold the same number, so sets and dicts go by identity.
    __hash__ = object.__hash__

    def __bool__(self) -> bool:
        return bool(self.data)

    def __float__(self) -> float:
        taken = modes.taken_float(self.data)
        if taken is not None:
            return taken
        _note_asked(self.data)
        raise TypeError(
            "a Value does not turn into a plain number by itself, as its gradient would be lost: "
            "write autograd.exp(x) for math.exp(x), numpy.zeros(n, dtype=object) for an array that "
            "is to hold Values, or x.data for the number alone"
        )

    def __int__(self) -> int:
        return int(float(self))

    def __index__(self) -> int:
        if modes.taken_float(self.data) is not None and self.data == int(self.data):
            return int(self.data)
        _note_asked(self.data)
        raise TypeError(
            "a Value is neither an index nor a count, as its number may differ from run to run: "
            "write autograd.select(index, items), or items[x.data] for the item at this number "
            "alone; and [w * x for x in items] for a product with each"
        )

    def __format__(self, specification: str) -> str:
        return format(self.data, specification) if specification else str(self)

    def __repr__(self) -> str:
        label = f", label={self.label!r}" if self.label else ""
        return f"Value(data={self.data!r}, grad={self.grad!r}{label})"

    def __copy__(self) -> "Value":
        return copying.shallow(self)  # type: ignore[no-any-return]

    def __deepcopy__(self, memo: dict[int, Any]) -> "Value":
        return copying.deep(self, memo)  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return copying.reduce(self)


def _no_leaf(label: Any, others: tuple[Any, ...], unknown: dict[str, Any]) -> str:
    """Why a call of Value is refused, and what to write."""
    if not (others or unknown or isinstance(label, (tuple, list, set))):
        return f"a label is a string, not {label!r}"
    if others or not unknown or not {"_children", "children", "_prev", "_op"}.isdisjoint(unknown):
        return (
            "Value(number, label=...) makes a leaf, and operations alone record parents: make an "
            "operation of your own with @primitive, such as `def cube(x): return x**3, (3 * x**2,)`"
        )
    return refusal("Value", Value.__init__, unknown)


@functools.cache
def _of_numpy() -> Any:
    """The module that knows NumPy, imported when NumPy first meets a Value."""
    from autograd.vectors import vector

    return vector


# The slot of `data` under a second name, which no other kind of number has (NumPy's scalars have
# a `data` too, and its masked arrays a `_data`): reading it also checks that this is a Value.
Value._value_data = vars(Value)["data"]  # type: ignore[attr-defined]

_new = object.__new__


def record(
    data: Number, rule: Primitive, parents: tuple[Value, ...], partials: tuple[Number, ...]
) -> Value:
    """A new interior node."""
    node = _new(Value)
    node.data = data if type(data) is float else as_data(data, parents)
    node.grad = 0
    node.label = None
    node.rule = rule
    node.parents = parents
    node.partials = partials
    if modes.open_modes:
        modes.intercept(node)
    return node


def apply(primitive: Primitive, operands: tuple[Any, ...]) -> Value:
    """A primitive applied to operands, some of them Values: a new node."""
    try:
        numbers = [x._value_data for x in operands]
    except AttributeError:
        given = operands
        try:
            operands = tuple([x if isinstance(x, Value) else constant(x) for x in given])
        except TypeError:
            if not any(map(is_vector, given)):
                raise
            return _by_element(primitive, given)
        if open_vectors and any(map(is_vector, given)):
            return _by_element(primitive, given)
        numbers = [x.data for x in operands]
    try:
        data, partials = primitive.rule(*numbers)
    except _ERRORS as error:
        data, partials = _recovered(primitive, error, operands)
    return record(data, primitive, operands, partials)


def _by_element(primitive: Primitive, operands: tuple[Any, ...]) -> Value:
    """A primitive applied to arrays of Values, element by element: an array of new nodes."""
    points.require_fit(operands)
    nodes: Value = _of_numpy().as_vector(by_element(primitive, operands))
    return nodes


def _recovered(
    primitive: Primitive, error: Exception, nodes: tuple[Value, ...]
) -> tuple[Number, tuple[Number, ...]]:
    """The result and the partials after the rule raised an error.

    Raises TypeError if the cause is data that is not a number.
    """
    require_data(nodes)
    return primitive.recover(error, [node.data for node in nodes])


def constant(number: Any) -> Value:
    """The leaf that stands for a plain number in a graph. Nobody can ask for its derivative."""
    node = _new(Value)
    node.data = number if type(number) is float or type(number) is int else checked(number)
    node.grad = 0
    node.label = None
    node.rule = None
    node.parents = graph.CONSTANT
    node.partials = ()
    return node


def _operand(number: Any) -> Any:
    """An operand as a Value; NotImplemented, for the operator to return, if it is not a number."""
    if isinstance(number, Value):
        return number
    if open_vectors and is_vector(number):
        return NotImplemented
    try:
        return constant(number)
    except TypeError as error:
        return no_operand(number, error)


def _by_position(primitive: Primitive, x: Any, y: Any) -> Any:
    """The operation on the array in a pandas column; NotImplemented if neither operand is one."""
    if not (hasattr(x, "to_numpy") or hasattr(y, "to_numpy")):
        return NotImplemented
    return apply(primitive, (by_position(x), by_position(y)))


def _note_asked(number: Number) -> None:
    """Tells a number of a recorded program that its value was asked for.

    An integer then becomes a constant of the program.
    """
    if hasattr(number, "note_asked"):
        number.note_asked()


def is_vector(operand: Any) -> bool:
    """Whether an operand is an array that combines with Values element by element."""
    if is_of_objects(operand):
        return True
    if isinstance(operand, Value) or not points.are_arrays_vectors():
        return False
    return bool(getattr(operand, "shape", ()))


def data_of(other: Any) -> Any:
    """The number in a Value; anything else unchanged."""
    return other.data if isinstance(other, Value) else other


class ValueKind(Kind):
    """Values as a kind of number: the elementary functions record a graph.

    A rule that is run over Values therefore returns its partials as a graph, which can be
    differentiated again.
    """

    rank = Rank.VALUE
    is_data = False

    def apply(self, primitive: Primitive, operands: tuple[Any, ...]) -> Value:
        return apply(primitive, operands)

    def one(self, x: Value) -> Number:
        return kind_of(x.data).one(x.data)

    def one_or_nan(self, x: Value) -> Number:
        return kind_of(x.data).one_or_nan(x.data)

    def zero(self, x: Value) -> Number:
        return kind_of(x.data).zero(x.data)

    def pi(self, x: Value) -> Number:
        return kind_of(x.data).pi(x.data)

    def pow(self, x: Any, y: Any) -> Any:
        return x**y

    def offset(self, *numbers: Any) -> Number:
        plain = [data_of(x) for x in numbers]
        return kind_of(*plain).offset(*plain)

    def polygamma(self, x: Any, order: int) -> Any:
        return PRIMITIVES["polygamma"](x, order=order)

    def bessel_i(self, x: Any, order: int) -> Any:
        return SLOPES["bessel_i"](x, order=order)

    def bessel_j(self, x: Any, order: int) -> Any:
        return SLOPES["bessel_j"](x, order=order)

    def where(self, condition: Any, x: Any, y: Any) -> Any:
        return PRIMITIVES["where"](x, y, condition=condition)


# The other functions of ValueKind are the primitives themselves.
for _name, _primitive in (PRIMITIVES | SLOPES).items():
    if _name not in vars(ValueKind):
        setattr(ValueKind, _name, staticmethod(_primitive))
register(Value, ValueKind())

# Primitives with one operand are methods too: `x.tanh()`.
for _name, _primitive in PRIMITIVES.items():
    if _primitive.is_unary and _name != "constant_power":
        setattr(Value, _name, method_of(_primitive))

# What a subclass can't override: operations, `backward` and the fields. It may define methods
# under the names that arrays and NumPy use.
_OPERATIONS = {
    name
    for cls in (Value, ArrayAttributes)
    for name, attribute in vars(cls).items()
    if hasattr(type(attribute), "__get__")
    and (cls is Value or name.startswith("_"))
    and name not in ("__init__", "__init_subclass__", "__repr__", "__format__", "__bool__")
    and name not in ("__copy__", "__deepcopy__", "__reduce__")
}

for _name, _rule in NUMPY_NAMES.items():
    if PRIMITIVES[_rule].is_unary:
        setattr(Value, _name, method_of(PRIMITIVES[_rule]))
