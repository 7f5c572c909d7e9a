"""What people type who come from elsewhere, and what is said: `python -m tests.test_slips`.

Each row is a line as it is typed, the error, and the words that say what to write. The rest of the
message is free. Programs from elsewhere that run are in `test_programs.py`.
"""

import inspect
import math
import random
import re
import traceback

import numpy as np
import pytest

import autograd
import nn
from autograd import Value, compile, primitive, slips


class Parameter(Value):
    """A subclass with a method, and with attributes of its own."""

    def halved(self):
        return self / 2


def names():
    """What the lines below use, new for each of them."""
    w, x = Value(2.0, "w"), Value(1.5, "x")
    error = (w * x - 1) ** 2
    error.label = "E"
    model = nn.MLP(2, [2, 1], rng=random.Random(0))

    @primitive
    def sine(x):
        return math.sin(x), (math.cos(x),)

    given = {"w": w, "x": x, "v": Value(3.0), "E": error, "m": model, "sine": sine, "f": square}
    given |= {"lanes": Value(np.array([1.0, 2.0])), "np": np, "math": math, "nn": nn}
    given |= {"compile": compile, "Parameter": Parameter}
    return given | {name: getattr(autograd, name) for name in autograd.__all__}


def square(x):
    return x * x


# Keywords that have another name here, or none

KEYWORDS = """
gradcheck(f, 1.0, eps=1e-6)          | the steps of the differences are chosen anew
gradcheck(f, 1.0, tol=1e-3)          | write rtol=0.001
gradcheck(f, 1.0, random_state=3)    | write seed=3
gradcheck(f, 1.0, param=[w])         | write parameters=[
grad(f, argnum=1)                    | write argnums=1
grad(f, wrt=0)                       | write argnums=0
grad(f, holomorphic=True)            | of a complex result it is the complex derivative
jacobian(f, argnames="x")            | write argnums='x'
hessian(fun=f)                       | write function=<function square
jvp(f, (1.0,), direction=(1.0,))     | write tangents=(1.0,)
gradients(E, w, retain_graph=True)   | a graph is kept as long as its Values are
gradients(outputs=E, inputs=w)       | write output=Value(data=4.0
compile(f, params=[w])               | write parameters=[
compile(f, device="cpu")             | write backend='cpu'
draw(E, rankdir="LR")                | write direction='LR'
draw(E, max_depth=2)                 | write depth=2
draw(E, colour=True)                 | write color_gradients=True
draw(E, precision=2)                 | write digits=2
explain(E, lr=0.1)                   | write learning_rate=0.1
explain(E, decimals=3)               | write digits=3
walkthrough(E, filename="a.html")    | write path='a.html'
check_derivation(E, expected={w: 1}) | write claims=
check_derivation(E, {w: 1}, lr=0.1)  | write learning_rate=0.1
E.backward(retain_graph=True)        | a graph is kept as long as its Values are
E.backward(create_graph=True)        | gradients(y, x, create_graph=True)
E.backward(grad_output=2.0)          | write gradient=2.0
leaky_relu(v, negative_slope=0.2)    | write slope=0.2
v.leaky_relu(alpha=0.2)              | write slope=0.2
elu(v, a=1.0)                        | write alpha=1.0
tanh(v, out=None)                    | leave it out
Value(2.0, requires_grad=True)       | every Value has a gradient, so leave it out
Value(2.0, name="w")                 | write label='w'
Value(2.0, lable="w")                | write label='w'
nn.SGD([w], lr=0.1)                  | SGD() takes no 'lr': write learning_rate=0.1
nn.Adam([w], beta_1=0.5)             | write betas=(beta1, beta2)
nn.SGD([w], 0.1, eps=1e-8)           | leave it out
nn.MLP(2, [1], seed=3)               | write rng=random.Random(seed)
nn.MLP(2, hidden_layer_sizes=[1])    | write nouts=[16, 16, 1]
nn.Layer(2, out_features=3)          | write nout=3
nn.Neuron(2, act="tanh")             | write activation="tanh"
nn.fit(m, [], [], criterion=f)       | write loss=<function square
nn.fit(m, [], [], lr=0.1)            | it is an option of the optimizer
nn.fit(m, [], [], patience=3)        | write a callback
nn.fit(m, [], [], sample_weight=[])  | list(zip(targets, weights
nn.fit(m, [], [], class_weight={})   | autograd.select(target, weights)
nn.Adam([w], amsgrad=True)           | an optimizer of your own is a subclass
nn.dropout([v], p=0.5)               | write rate=0.5
nn.mean_squared_error([], y_true=[]) | write targets=[]
nn.two_moons(10, random_state=3)     | write rng=random.Random(seed)
nn.plot_losses([1.0], ax=None)       | write axes=None
Value(2.0, dtype=float)              | numbers keep the type in which they are given
"""

# Calls with too few or too many arguments

CALLS = """
grad()                    | argument: 'function'. The call is grad(function, argnums=0
jvp(f, (1.0,))            | 'tangents'. The call is jvp(function, primals, tangents
hessian(f, 0, 1)          | but 3 were given. The call is hessian(function, argnums=0
E.backward(1.0, True)     | The call is backward(gradient=1)
Value(2.0, (w, x), "+")   | make an operation of your own with @primitive
Value(2.0, _children=(w, x), _op="+") | make an operation of your own with @primitive
Value(2.0, (w,))          | operations alone record parents
"""

# What is given for something else

MEANINGS = """
jvp(f, 1.0, (1.0,))       | write jvp(f, (x,), (v,))
jvp(f, (1.0,), 1.0)       | write jvp(f, (x,), (v,))
jvp(f, v, v)              | write jvp(f, (x,), (v,))
grad(v * v)               | takes a function, and not its result
grad(v * v, v)            | write gradients(y, x), or y.backward()
grad(f, 3.0)              | write grad(f)(x)
value_and_grad(f, v)      | write value_and_grad(f)(x)
gradcheck(v * v, v)       | takes a function, and not its result
gradcheck(f, 1.0, parameters=m.parameters) | write model.parameters()
compile(f, parameters=m.parameters)        | write model.parameters()
compile(f, parameters=w)  | list of Values: write model.parameters(), or [w]
nn.SGD(m.parameters, learning_rate=0.1)    | such as model.parameters()
no_grad(v)                | takes nothing, or a function that it decorates
check_derivation(E, [3])  | claims is a dict
check_derivation(E, {w: 1}, given={w: 2})  | the report of an earlier check
m([[1, 2], [3, 4]])       | numpy.array(points)
"""

# Operators and functions of Python's

OPERATORS = """
w * [1, 2]                | write [w * x for x in numbers], or dot(weights, numbers)
[1, 2] * w                | write [w * x for x in numbers]
math.sin(v)               | write autograd.exp(x) for math.exp(x)
grad(grad(sine))(1.0)     | write autograd.exp(x) for math.exp(x)
float(v)                  | x.data
v ^ 2                     | write x**n
2 ^ v                     | write x**n
~v                        | write x != 0
v & w                     | join conditions
True | v                  | join conditions
where(~(v > 1), v, 0.0)   | write `not condition`
v[0]                      | not a single Value
len(v)                    | not a single Value
max(v)                    | not a single Value
[1, 2, 3][v]              | autograd.select(index, items)
"""

# Attributes

ATTRIBUTES = """
v.numpy()                 | x.data
v.name                    | x.label
v.value                   | x.data
v.prev                    | x.parents
v.grad_fn                 | x.rule
v.clone()                 | +x
v.requires_grad_()        | x.detach()
v.m                       | class Parameter(Value): pass
v.velocity                | state[p]
setattr(v, "m", 0.0)      | state[p]
setattr(v, "name", "w")   | x.label
setattr(v, "_backward", None)       | @primitive
setattr(v, "requires_grad", False)  | x.detach()
(Parameter(2.0) * w).halved()       | Parameter.halved(x)
m.forward([1.0, 2.0])     | model(x)
m.eval()                  | write nothing
m.predict([])             | nn.predict(model, inputs)
m.fit([], [])             | nn.fit(model, inputs, targets
"""


def rows(table):
    """The lines of a table, each with the words that its answer must have."""
    lines = [row for row in table.splitlines() if row]
    return [tuple(map(str.strip, row.rsplit(" | ", 1))) for row in lines]


TABLES = (KEYWORDS, CALLS, MEANINGS, OPERATORS, ATTRIBUTES)
ROWS = [row for table in TABLES for row in rows(table)]


def answer(typed):
    """The error that a line raises; None if it raises none."""
    try:
        eval(typed, names())
    except Exception as error:
        return error
    return None


# Newer versions of Python warn of `~True` by themselves.
@pytest.mark.filterwarnings("ignore:Bitwise inversion")
@pytest.mark.parametrize(("typed", "words"), ROWS, ids=[typed for typed, _ in ROWS])
def test_a_slip_is_answered_by_what_to_write(typed, words):
    error = answer(typed)
    assert error is not None, f"{typed} raises nothing"
    expected = AttributeError if (typed, words) in rows(ATTRIBUTES) else TypeError
    assert isinstance(error, expected), f"{typed} raises {error!r}"
    said = re.sub(r"\s+", " ", str(error))
    assert words in said, f"{typed} says: {said}"


@pytest.mark.parametrize("typed", [typed for typed, _ in rows(KEYWORDS + CALLS)])
def test_few_lines_of_the_package_stand_below_that_of_the_user(typed):
    error = answer(typed)
    below = traceback.extract_tb(error.__traceback__)[2:]
    assert len(below) <= 5, f"{typed}: {below}"


# Names of other packages that the package does not have

SIGNATURES = {
    f"{module.__name__}.{name}": inspect.signature(getattr(module, name))
    for module in (autograd, nn)
    for name in module.__all__
    if name not in ("GradientError", "Picture")
}


def test_a_name_here_is_no_other_name_of_itself():
    for name, others in slips.NAMES.items():
        assert name not in others.split(), f"{name} is in its own list"


def test_no_public_function_takes_what_is_said_to_be_absent():
    taken = {name for signature in SIGNATURES.values() for name in signature.parameters}
    # Some functions have it, and others are told why they have not.
    shared = {"create_graph", "dtype", "epsilon"}
    assert not (taken & set(slips.ABSENT)) - shared


@pytest.mark.parametrize("name", slips.IMPORTS)
def test_an_import_of_what_does_not_exist_is_answered(name):
    package, _, member = name.rpartition(".")
    module = {"autograd": autograd, "nn": nn}[package]
    assert not hasattr(module, member), f"{name} exists: take it out of the table"
    instead = re.escape(slips.IMPORTS[name])
    for line in (f"import {name}", f"from {package} import {member}", f"from {name} import x"):
        with pytest.raises(ImportError, match=instead):
            exec(line)
    with pytest.raises(AttributeError, match=instead):
        getattr(module, member)


def test_other_names_that_do_not_exist_raise_what_python_raises():
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'autograd\.nothing'"):
        exec("import autograd.nothing")
    with pytest.raises(ImportError, match="cannot import name 'nothing'"):
        exec("from autograd import nothing")


@pytest.mark.parametrize("name", slips.ATTRIBUTES)
def test_a_name_that_a_value_does_not_have_is_not_there(name):
    x = Value(2.0)
    assert not hasattr(x, name)
    assert not hasattr(Value, name)
    assert getattr(x, name, 7) == 7
    assert name not in dir(x)
    with pytest.raises(AttributeError, match=re.escape(slips.ATTRIBUTES[name])):
        setattr(x, name, 1.0)


@pytest.mark.parametrize("name", slips.MODULES)
def test_a_name_that_a_module_does_not_have_may_be_given_to_it(name):
    model = nn.MLP(2, [1])
    assert not hasattr(model, name)
    assert name not in dir(model)
    with pytest.raises(AttributeError, match=re.escape(slips.MODULES[name])):
        getattr(model, name)
    setattr(model, name, 1.0)
    assert getattr(model, name) == 1.0
    own = type("Own", (nn.Module,), {name: lambda self: 2.0})
    assert getattr(own(), name)() == 2.0


def test_a_property_of_a_module_fails_in_its_own_words():
    class Own(nn.Module):
        @property
        def size(self):
            return self.missing

    with pytest.raises(AttributeError, match="no attribute 'missing'"):
        _ = Own().size


class Forward(nn.Module):
    def forward(self, x):
        return Value(2.0) * x


@pytest.mark.parametrize(("cls", "words"), [(Forward, "rename its forward"), (nn.Module, "define")])
def test_a_module_without_a_call_says_what_to_define(cls, words):
    model = cls()
    call = {"loss": nn.mean_squared_error, "optimizer": nn.SGD([Value(1.0)], 0.1)}
    for use in (
        lambda: model(1.0),
        lambda: nn.fit(model, [1.0], [2.0], **call),
        lambda: nn.predict(model, [1.0]),
        lambda: compile(model)(1.0),
    ):
        with pytest.raises(TypeError, match=f"has no __call__, which takes an input: {words}"):
            use()


@pytest.mark.parametrize("name", [*slips.ATTRIBUTES, "anything"])
def test_a_subclass_takes_attributes(name):
    parameter = Parameter(2.0)
    assert not hasattr(parameter, name)
    setattr(parameter, name, 1.0)
    assert getattr(parameter, name) == 1.0
    assert name in dir(parameter)
    assert not hasattr(Parameter(3.0), name)


def test_an_error_of_the_function_itself_is_left_alone():
    @slips.answers_slips
    def careless():
        return Value(1.0) + None

    with pytest.raises(TypeError, match="unsupported operand"):
        careless()


if __name__ == "__main__":
    for typed, _ in ROWS:
        print(f"{typed}\n    {answer(typed)}")
