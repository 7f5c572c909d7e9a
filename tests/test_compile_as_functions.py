"""A compiled function is a function: its name, its signature, methods, constants, derivatives."""

import copy
import enum
import functools
import gc
import inspect
import math
import pickle
import pydoc
import types
import weakref
from collections import ChainMap, Counter, OrderedDict, UserDict
from dataclasses import dataclass, field

import numpy as np
import pytest

import autograd
import nn
from autograd import (
    Value,
    compile,
    exp,
    grad,
    gradcheck,
    gradients,
    hessian,
    jacobian,
    jvp,
    sin,
    tanh,
    value_and_grad,
)

# Its face


def curve(x, a, b=0.5, *, scale=1.0):
    """A curve that falls."""
    return scale * a * exp(-b * x)


def test_it_has_the_face_of_the_function():
    fast = compile(curve)
    for name in ("__name__", "__qualname__", "__module__", "__doc__"):
        assert getattr(fast, name) == getattr(curve, name), name
    assert fast.__wrapped__ is curve
    assert inspect.signature(fast) == inspect.signature(curve)
    text = pydoc.plain(pydoc.render_doc(fast))
    assert "curve(x, a, b=0.5, *, scale=1.0)\n    A curve that falls." in text


@pytest.mark.parametrize(
    "function",
    [tanh, functools.partial(curve, a=2.0), nn.MLP(1, [1]), math.hypot, max],
    ids=["a primitive", "a partial", "a model", "of C", "without a signature"],
)
def test_callables_of_all_kinds_are_described(function):
    fast = compile(function)
    assert fast.__name__
    assert fast.__name__ in repr(fast)
    assert inspect.signature(fast)


def test_it_says_on_what_it_runs(monkeypatch):
    w = Value(1.0)
    slow = compile(curve, backend="python")
    assert repr(slow) == "<compiled curve(x, a, b=0.5, *, scale=1.0): Python>"
    assert repr(compile(lambda x: w * x, [w])).startswith("<compiled test_it_says_on_what_it_runs")
    pytest.importorskip("llvmlite")
    assert repr(compile(curve)).endswith(": machine code>")
    assert ", 1 parameter: machine code>" in repr(compile(lambda x: w * x, [w]))
    assert ", 2 parameters: " in repr(compile(lambda x: w * x, [w, Value(1.0)]))


def test_compile_is_found():
    assert "compile" in dir(autograd)
    assert "autograd.compile(function)" in pydoc.plain(pydoc.render_doc(autograd))
    names = {}
    exec("from autograd import *", names)
    assert "compile" not in names, "Python's own is gone"


# Keywords and defaults


CALLS = {
    "by position": lambda f: f(1.0, 2.0, 0.25),
    "by name": lambda f: f(x=1.0, a=2.0, b=0.25),
    "in another order": lambda f: f(b=0.25, x=1.0, a=2.0),
    "mixed": lambda f: f(1.0, b=0.25, a=2.0),
    "a default": lambda f: f(1.0, 2.0),
    "a default, by name": lambda f: f(a=2.0, x=1.0),
    "by keyword alone": lambda f: f(1.0, 2.0, scale=3.0),
    "after a default": lambda f: f(1.0, 2.0, scale=3.0, b=0.25),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_arguments_are_bound_as_python_does(call, backend):
    fast = compile(curve, backend=backend)
    for _ in range(2):
        assert call(fast) == pytest.approx(call(curve), rel=1e-14)
    lanes = fast(x=np.array([1.0, 2.0]), a=2.0)
    assert lanes == pytest.approx([curve(1.0, 2.0), curve(2.0, 2.0)], rel=1e-14)


def test_names_make_no_other_program(backend):
    fast = compile(curve, backend=backend)
    fast(1.0, 2.0)
    source = fast.source()
    fast(a=3.0, x=1.0)
    assert fast.source() == source


def test_derivatives_are_in_the_order_of_the_signature(backend):
    fast = compile(curve, backend=backend)
    value, slopes = fast.value_and_grad(a=2.0, scale=3.0, x=1.0)
    right = 3.0 * math.exp(-0.5)
    assert value == pytest.approx(2 * right, rel=1e-14)
    # By x, a and scale: what is given, and not the default b.
    assert slopes == pytest.approx((-right, right, 2 * right / 3), rel=1e-14)


WRONG_CALLS = {
    "missing": (lambda f: f(a=1.0), "missing a required argument: 'x'"),
    "unknown": (lambda f: f(1.0, 2.0, c=3.0), "unexpected keyword argument 'c'"),
    "twice": (lambda f: f(1.0, 2.0, x=3.0), "multiple values for argument 'x'"),
}


@pytest.mark.parametrize(("call", "words"), WRONG_CALLS.values(), ids=WRONG_CALLS)
def test_wrong_arguments(call, words):
    with pytest.raises(TypeError, match=words):
        call(compile(curve))


def test_functions_of_any_number_of_arguments(backend):
    assert compile(lambda *xs: sum(xs), backend=backend)(1.0, 2.0, 4.0) == 7.0
    fast = compile(lambda **named: named["a"] * named["b"], backend=backend)
    assert fast.value_and_grad(a=2.0, b=3.0) == (6.0, (3.0, 2.0))


def test_parameters_by_keyword_only_go_to_backward_too(backend):
    w = Value(2.0)
    fast = compile(lambda x, *, y: w * x * y, [w], backend=backend)
    assert fast.backward(3.0, y=5.0) == 30.0
    assert w.grad == 15.0


# Decorators


WEIGHT = Value(2.0)


@compile
def plain(x):
    """Twice."""
    return 2 * x


@compile(parameters=[WEIGHT], backend="python")
def weighted(x):
    return WEIGHT * x


def test_decorators():
    assert (plain(3.0), plain.__doc__) == (6.0, "Twice.")
    assert weighted.value_and_grad(3.0) == (6.0, [3.0])
    assert (weighted.parameters, weighted.backend) == ([WEIGHT], "python")


def test_a_decorated_function_is_pickled_by_its_name():
    assert pickle.loads(pickle.dumps(plain)) is plain
    assert copy.deepcopy(plain) is plain
    # With parameters it takes these along.
    weighted(1.0)
    found = pickle.loads(pickle.dumps(weighted))
    found.parameters[0].data = 5.0
    assert (found(1.0), weighted(1.0)) == (5.0, 2.0)


def test_wrong_decorators():
    with pytest.raises(TypeError, match=r"takes a function, not \[Value"):
        compile([WEIGHT])
    with pytest.raises(TypeError, match=r"no operation computed, not 1\.0"):
        compile(parameters=[1.0])
    with pytest.raises(TypeError, match="write @classmethod above @compile"):
        compile(classmethod(plain))
    with pytest.raises(ValueError, match="reduce is"):
        compile(reduce="max")(plain)


# Methods


class Line:
    def __init__(self, slope):
        self.slope, self.offset = Value(slope), [Value(1.0)]
        self.rate = 1.0

    @compile
    def loss(self, x, y=0.0):
        """The squared error."""
        return self.rate * (self.slope * x + self.offset[0] - y) ** 2

    @compile
    def __call__(self, x):
        return self.slope * x


def test_methods_have_the_parameters_of_their_object():
    line, other = Line(2.0), Line(5.0)
    assert (line.loss(3.0), other.loss(3.0)) == (49.0, 256.0)
    assert line.loss.parameters == [line.slope, *line.offset]
    assert line.loss.value_and_grad(3.0, y=5.0) == (4.0, [12.0, 4.0])
    line.loss.backward(3.0, y=5.0)
    assert (line.slope.grad, other.slope.grad) == (12.0, 0)
    assert (line(3.0), other(3.0)) == (6.0, 15.0)
    assert str(inspect.signature(line.loss)) == "(x, y=0.0)"
    assert line.loss.__doc__ == "The squared error."
    assert "Line.loss(x, y=0.0), 2 parameters" in repr(line.loss)


CHANGES = {
    "the data of a Value": lambda line: setattr(line.slope, "data", 7.0),
    "another Value": lambda line: setattr(line, "slope", Value(7.0)),
    "another Value in a list": lambda line: line.offset.__setitem__(0, Value(7.0)),
    "a number": lambda line: setattr(line, "rate", 7.0),
    "one more Value": lambda line: setattr(line, "more", Value(7.0)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_method_computes_with_its_object_as_it_is_now(change):
    line = Line(2.0)
    line.loss(3.0)
    change(line)
    expected = line.rate * (line.slope.data * 3.0 + line.offset[0].data) ** 2
    assert line.loss(3.0) == expected
    assert len(line.loss.value_and_grad(3.0)[1]) == len(line.loss.parameters)


def test_programs_of_a_method_are_kept_as_long_as_the_object():
    line = Line(2.0)
    line.loss(3.0)
    assert "slope" not in line.loss.source()
    assert line.loss.source().count("# outputs") == 1
    alive = weakref.ref(line)
    del line
    gc.collect()
    assert alive() is None
    assert not Line.loss._methods


def test_copies_of_an_object_have_methods_of_their_own():
    line = Line(2.0)
    line.loss(3.0)
    for twin in (copy.copy(line), copy.deepcopy(line), pickle.loads(pickle.dumps(line))):
        twin.slope = Value(9.0)
        assert (twin.loss(1.0), line.loss(1.0)) == (100.0, 9.0)
    found = pickle.loads(pickle.dumps(line.loss))
    assert found(3.0) == 49.0
    assert found.parameters[0] is not line.slope


class Network(nn.Module):
    def __init__(self):
        self.layers = nn.MLP(2, [3, 1])

    @compile
    def __call__(self, x):
        return self.layers(x)


def test_a_method_of_a_module():
    network = Network()
    assert network([0.5, 1.0]) == pytest.approx(network.layers([0.5, 1.0]).data, rel=1e-14)
    assert network.__call__.parameters == network.parameters()
    assert len(network.parameters()) == 13
    assert network(np.ones((3, 2))).shape == (3,)


@dataclass(eq=True)
class Unhashable:
    w: Value = field(default_factory=lambda: Value(3.0))

    @compile
    def times(self, x):
        return self.w * x


class Slotted:
    __slots__ = ("w",)

    @compile
    def times(self, x):
        return self.w * x


def test_objects_of_all_kinds_have_methods():
    assert Unhashable().times(2.0) == 6.0
    with pytest.raises(TypeError, match="those of a Slotted are in __slots__"):
        Slotted().times(2.0)
    holder = types.SimpleNamespace(double=plain)
    assert holder.double(2.0) == 4.0

    class Static:
        double = staticmethod(plain)
        factor = 3.0
        triple = classmethod(compile(lambda cls, x: cls.factor * x))
        tanh = compile(tanh)

    assert (Static.double(2.0), Static().double(2.0)) == (4.0, 4.0)
    assert (Static.triple(2.0), Static().triple(2.0)) == (6.0, 6.0)
    assert Static().tanh(0.5) == math.tanh(0.5)


# What is no number


class Mode(enum.Enum):
    TWICE = 2
    THRICE = 3


def by_mode(x, mode):
    if mode is Mode.TWICE:
        return 2 * x
    if mode is None:
        return x
    return 3 * x if mode is Mode.THRICE else mode(x) if callable(mode) else len(mode) * x


def test_what_is_no_number_is_a_constant(backend):
    fast = compile(by_mode, backend=backend)
    for _ in range(2):
        for mode in (Mode.TWICE, Mode.THRICE, None, "four", sin, math.inf.__class__):
            if mode is not float:
                expected = by_mode(0.5, mode)
                assert fast(0.5, mode) == pytest.approx(expected, rel=1e-15), mode
    assert fast.source().count("# outputs") == 5
    # It has no derivative, and so no place among them.
    assert fast.value_and_grad(0.5, Mode.THRICE) == (1.5, 3.0)
    assert fast.value_and_grad(0.5, mode="four") == (2.0, 4.0)
    nested = compile(lambda p: getattr(autograd, p["name"])(p["x"]), backend=backend)
    assert nested.value_and_grad({"name": "exp", "x": 0.0}) == (1.0, {"name": "exp", "x": 1.0})


def test_the_source_shows_programs_in_the_order_of_recording(backend):
    fast = compile(lambda x, y: x * y, backend=backend)
    lanes = np.ones(3)
    calls = [(1.0, 2.0), (lanes, 2.0), (1.0, lanes)]
    for call in calls:
        fast(*call)
    titles = ["(number, number)", "(lanes, number)", "(number, lanes)"]
    for call in calls:
        fast(*call)
        shown = [line for line in fast.source().splitlines() if line.startswith("#")]
        assert shown == [f"# outputs of {title}" for title in titles]


COUNTS = {
    "range": (lambda x, n: sum([x * i for i in range(n)]), 4),
    "a computed count": (lambda x, n: sum([x for _ in range(2 * n - 1)]), 4),
    "a branch": (lambda x, n: x if n > 2 else -x, 4),
    "the other branch": (lambda x, n: x if n > 2 else -x, 1),
    "a flag": (lambda x, n: x if n else -x, True),
    "another flag": (lambda x, n: x if n else -x, False),
    "not": (lambda x, n: x if not n else -x, True),
    "an index": (lambda x, n: [x, 2 * x][n], 1),
    "a slice": (lambda x, n: [x, 2 * x, 3 * x][:n][-1], 2),
    "int": (lambda x, n: x * int(n), 3),
    "NumPy's integer": (lambda x, n: sum([x for _ in range(n)]), np.int32(3)),
    "NumPy's flag": (lambda x, n: x if n else -x, np.bool_(False)),
    "caught": (lambda x, n: x * _caught(n), 3),
}


def _caught(n):
    try:
        return len(range(n))
    except TypeError:
        return 1


@pytest.mark.parametrize(("function", "count"), COUNTS.values(), ids=COUNTS)
def test_an_integer_that_is_asked_for_is_a_constant(function, count, backend):
    fast = compile(function, backend=backend)
    for _ in range(2):
        assert fast(0.5, count) == function(0.5, count)
        value, slope = fast.value_and_grad(0.5, count)
        assert (value, slope) == value_and_grad(function)(0.5, count)
        lanes = fast(np.array([0.5, 1.0]), count)
        assert lanes.tolist() == [function(0.5, count), function(1.0, count)]


def test_an_integer_that_is_computed_with_is_a_number(backend):
    fast = compile(lambda x, n: x**2 * n, backend=backend)
    assert fast.value_and_grad(3, 2) == (18.0, (12.0, 9.0))
    fast(3, 5)
    assert fast.source().count("# outputs") == 1


def test_another_integer_is_another_program(backend):
    fast = compile(lambda x, n: sum([x for _ in range(n)]), backend=backend)
    assert [fast(2.0, n) for n in (3, 1, 3, 0)] == [6.0, 2.0, 6.0, 0]
    # True is 1, but not to each function.
    which = compile(lambda x, n: x * 2 if [n] and bool(n) and n is True else x, backend=backend)
    assert (which(1.0, 1), which(1.0, True)) == (1.0, 2.0)


def test_a_float_stays_unknown(backend):
    """A branch on it would be another program for each."""
    fast = compile(lambda x, n: x if n > 2 else -x, backend=backend)
    assert fast(1.0, 3) == 1.0
    with pytest.raises(TypeError, match="asks for a number that differs from run to run"):
        fast(1.0, 3.0)
    with pytest.raises(TypeError, match="asks for a number that differs from run to run"):
        compile(lambda x, n: x if x + n > 2 else -x, backend=backend)(1.0, 3)
    with pytest.raises(TypeError, match=r"nothing to differentiate in.*give 3\.0 for 3"):
        compile(lambda n: n if n > 2 else -n, backend=backend).value_and_grad(3)


# Structures


@dataclass
class Weights:
    w: float
    b: list

    def __post_init__(self):
        if isinstance(self.w, float) and self.w < 0:
            raise ValueError("a negative weight")


@dataclass(frozen=True, slots=True)
class Frozen:
    w: float
    b: list
    name: str = "frozen"


@pytest.mark.parametrize("make", [Weights, Frozen])
def test_dataclasses(make, backend):
    fast = compile(lambda p, x: p.w * x - p.b[0], backend=backend)
    assert fast(make(2.0, [3.0]), 4.0) == 5.0
    value, (slopes, _) = fast.value_and_grad(make(2.0, [3.0]), np.array([-4.0, -2.0]))
    # The derivative by b is negative, and no weight that would have to be checked.
    assert (value, slopes) == (-9.0, make(-3.0, [-1.0]) if make is Frozen else slopes)
    assert (type(slopes), slopes.w, slopes.b) == (make, -3.0, [-1.0])
    assert fast(make(np.array([2.0, 3.0]), [1.0]), 1.0).tolist() == [1.0, 2.0]


def test_dataclasses_as_results(backend):
    fast = compile(lambda x: Weights(2 * x, [x, {"again": x}]), backend=backend)
    assert fast(3.0) == Weights(6.0, [3.0, {"again": 3.0}])
    assert jacobian(lambda x: Weights(2 * x, [x]))(3.0) == Weights(2, [1])
    found = fast(np.array([1.0, 2.0]))
    assert (found.w.tolist(), found.b[0].tolist()) == ([2.0, 4.0], [1.0, 2.0])


def test_transforms_take_dataclasses():
    def loss(p):
        return p.w**2 * p.b[0]

    assert grad(loss)(Weights(2.0, [3.0])) == Weights(12.0, [4.0])
    assert hessian(loss)(Weights(2.0, [3.0])).w == Weights(6.0, [4.0])
    assert jvp(loss, (Weights(2.0, [3.0]),), (Weights(1.0, [0.0]),)) == (12.0, 12.0)
    report = gradcheck(loss, Weights(2.0, [3.0]))
    assert report
    assert "p.b[0]" in str(report)


@dataclass
class Computed:
    w: float
    double: float = field(init=False)

    def __post_init__(self):
        self.double = 2 * self.w


def test_a_field_that_is_computed_is_no_number_of_its_own():
    for take in (grad(lambda p: p.double), compile(lambda p: p.double)):
        with pytest.raises(
            TypeError, match=r"double of Computed is not given but computed.*proper"
        ):
            take(Computed(1.0))


MAPPINGS = {
    "OrderedDict": OrderedDict(a=2.0, b=3.0),
    "UserDict": UserDict(a=2.0, b=3.0),
    "ChainMap": ChainMap({"a": 2.0, "b": 3.0}),
    "read-only": types.MappingProxyType({"a": 2.0, "b": 3.0}),
    "Counter": Counter(a=2, b=3),
}


@pytest.mark.parametrize("given", MAPPINGS.values(), ids=MAPPINGS)
def test_mappings(given, backend):
    fast = compile(lambda p: p["a"] ** 2 * p["b"], backend=backend)
    for found in (fast.value_and_grad(given)[1], grad(lambda p: p["a"] ** 2 * p["b"])(given)):
        assert type(found) is type(given)
        assert dict(found) == {"a": 12.0, "b": 4.0}
    assert type(compile(lambda p: p, backend=backend)(given)) is type(given)


# Derivatives


def smooth(x, y):
    return sin(x * y) * exp(x) + y**3


TRANSFORMED = {
    "grad": lambda f: grad(f)(0.5, 2.0),
    "grad by both": lambda f: grad(f, argnums=(0, 1))(0.5, 2.0),
    "grad of grad": lambda f: grad(grad(f))(0.5, 2.0),
    "grad of grad of grad": lambda f: grad(grad(grad(f)))(0.5, 2.0),
    "hessian": lambda f: hessian(f, argnums=(0, 1))(0.5, 2.0),
    "jacobian": lambda f: jacobian(lambda x: [f(x, 2.0), f(2.0, x)])(0.5),
    "jvp": lambda f: jvp(f, (0.5, 2.0), (1.0, 3.0)),
    "value_and_grad": lambda f: value_and_grad(f)(0.5, 2.0),
    "over lanes": lambda f: f(Value(np.array([0.5, 1.0])), 2.0).data.tolist(),
    "gradients": lambda f: [gradients(f(x, x * x), x) for x in [Value(0.5)]],
    "compiled": lambda f: compile(lambda x: f(x, 2.0) * x, backend="python")(0.5),
    "compiled grad": lambda f: compile(grad(f), backend="python")(0.5, 2.0),
    "within no_grad": lambda f: autograd.no_grad()(lambda: f(Value(0.5), 2.0).data)(),
}


def without_its_function(fast):
    """As it comes out of a pickle, if the function can't be found by its name."""
    fast(0.5, 2.0)
    copied = pickle.loads(pickle.dumps(fast))
    assert copied.function is None
    return copied


@pytest.mark.parametrize("transform", TRANSFORMED.values(), ids=TRANSFORMED)
@pytest.mark.parametrize("made", [lambda fast: fast, without_its_function], ids=["", "unpickled"])
def test_transforms_of_a_compiled_function(transform, made, backend):
    def flat(found):
        return autograd.numbers.nested.leaves(found)

    expected = flat(transform(smooth))
    found = flat(transform(made(compile(lambda x, y: smooth(x, y), backend=backend))))
    assert found == pytest.approx(expected, rel=1e-13)


@pytest.mark.parametrize("made", [lambda fast: fast, without_its_function], ids=["", "unpickled"])
def test_parameters_are_differentiated_over_values(made, backend):
    w = Value(3.0)
    fast = made(compile(lambda x, y: (w * x) ** 2 * y, [w], backend=backend))
    [w] = fast.parameters
    x = Value(2.0)
    output = fast(x, 5.0)
    output.backward()
    assert (output.data, w.grad, x.grad) == (180.0, 120.0, 180.0)
    # By w, of the derivative by x: 4 w x y.
    slope = gradients(fast(x, 5.0), x, create_graph=True)
    assert gradients(slope, w) == 120.0


def test_a_gradient_can_be_differentiated(backend):
    fast = compile(smooth, backend=backend)
    value, slopes = fast.value_and_grad(Value(0.5), 2.0)
    found = [value.data, *[slope.data for slope in slopes]]
    expected, gradient = fast.value_and_grad(0.5, 2.0)
    assert found == pytest.approx([expected, *gradient], rel=1e-13)
    mixed = grad(lambda x: fast.value_and_grad(x, 2.0)[1][1])(0.5)
    assert mixed == pytest.approx(hessian(smooth, argnums=(0, 1))(0.5, 2.0)[0][1], rel=1e-13)
    w = Value(3.0)
    weighted = compile(lambda x: w * w * x, [w], backend=backend)
    assert grad(lambda x: weighted.value_and_grad(x)[1][0])(2.0).data == 6.0
    with pytest.raises(TypeError, match=r"give the data of the Values, or write\s+loss = fast"):
        weighted.backward(Value(2.0))


def test_what_only_plain_numbers_can_be_asked_for(backend):
    w = Value(3.0)
    fast = compile(lambda x, mode=None: w * w * x, [w], backend=backend)
    plain = compile(lambda x, mode=None: x * x, backend=backend)
    with pytest.raises(TypeError, match="takes no at="):
        fast.value_and_grad(Value(2.0), at=[1.0])
    # The derivative by w alone, and not on the way over x.
    with pytest.raises(TypeError, match="computed from a parameter"):
        fast.value_and_grad(2 * w)
    for one in (fast, plain):
        with pytest.raises(TypeError, match="the mean over lanes is taken of plain arrays"):
            one.value_and_grad(Value(np.array([1.0, 2.0])))
    value, slope = plain.value_and_grad(Value(2.0), mode="a string")
    assert (value.data, slope.data) == (4.0, 4.0)


def test_gradcheck_of_a_compiled_function(backend):
    assert gradcheck(compile(smooth, backend=backend), 0.5, 2.0)


def test_a_compiled_model_is_a_layer(backend):
    """A network in which a part is compiled trains as it did."""
    model = nn.MLP(2, [3, 1], activation="tanh")
    inner = compile(model.layers[0], model.layers[0].parameters(), backend=backend)
    points = [[0.5, -1.0], [1.0, 0.25]]
    inner(points[0])

    def slopes(first):
        model.zero_grad()
        x = [Value(0.5), Value(-1.0)]
        model.layers[1](first(x)).backward()
        return [p.grad for p in model.parameters()]

    assert slopes(inner) == slopes(model.layers[0])


# Other libraries


def test_jax_transforms_it():
    jax = pytest.importorskip("jax")
    jnp = jax.numpy
    fast, plain = compile(smooth), lambda x, y: jnp.sin(x * y) * jnp.exp(x) + y**3
    xs, ys = jnp.array([0.5, 1.0, -0.25]), jnp.array([2.0, 0.5, 1.5])
    for name, run in {
        "vmap": lambda f: jax.vmap(f)(xs, ys),
        "vmap over one": lambda f: jax.vmap(f, in_axes=(0, None))(xs, 2.0),
        "jit": lambda f: jax.jit(f)(0.5, 2.0),
        "grad": lambda f: jax.grad(f)(0.5, 2.0),
        "hessian": lambda f: jax.hessian(f)(0.5, 2.0),
        "jit of vmap of grad": lambda f: jax.jit(jax.vmap(jax.grad(f)))(xs, ys),
        "jvp": lambda f: jax.jvp(f, (0.5, 2.0), (1.0, 3.0))[1],
        "lanes": lambda f: jax.jit(f)(xs, ys),
    }.items():
        assert np.allclose(run(fast), run(plain), rtol=1e-5), name
    vector = compile(lambda x: (x * x).sum() * x[0])
    assert np.allclose(jax.grad(vector)(xs[:2]), [1.75, 1.0])
    assert np.allclose(jax.vmap(vector)(jnp.ones((4, 2))), 2.0)


def test_torch_takes_it():
    torch = pytest.importorskip("torch")
    x = torch.tensor([0.5, 1.0], dtype=torch.float64, requires_grad=True)
    compile(smooth)(x, 2.0).sum().backward()
    assert x.grad.tolist() == pytest.approx([grad(smooth)(0.5, 2.0), grad(smooth)(1.0, 2.0)])
    x.grad = None
    compile(lambda x: x[0] * x[1])(x).backward()
    assert x.grad.tolist() == [1.0, 0.5]
