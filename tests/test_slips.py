"""What people type who come from elsewhere, and what is said: `python -m tests.test_slips`.

Each row is a line as it is typed, the error, and the words that say what to write. The rest of the
message is free. Programs from elsewhere that run are in `test_programs_from_elsewhere.py`.
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
    given |= {"compile": compile, "Parameter": Parameter, "autograd": autograd}
    given |= {"X": [[0.0, 1.0], [1.0, 0.0]], "Y": [1.0, -1.0], "loss": nn.mean_squared_error}
    given |= {"adam": nn.Adam(model.parameters())}
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


# What is given is not what is taken: the same errors as everywhere, by their words

NUMBERS = """
Value("2")                | write float(text)
Value(None)               | give an int, a float
Value([1.0, 2.0])         | write [Value(x) for x in numbers]
Value((1, 2))             | write [Value(x) for x in numbers]
Value({"a": 1})           | dict is not a kind of number
Value(w)                  | its number is value.data
Value(2.0, label=3)       | a label is a string, not 3
w @ x                     | numpy.array([Value(x) for x in numbers])
w.sum()                   | takes a list of numbers or Values, not a single Value
round(w, "2")             | f'{x:.2f}' to print it
int(w)                    | x.data for the number alone
complex(w)                | x.data for the number alone
E.zero_grad()             | optimizer.zero_grad()
w.backward(x)             | write value.data
E.backward("a")           | write float(text)
E.backward([1.0])         | a Value is one number
"""

FUNCTIONS = """
exp("a")                  | write float(text)
exp(None)                 | a function without `return` gives None
exp([w, x])               | write [f(x) for x in numbers]
exp()                     | give at least one number
exp(w, x)                 | The call is exp(x)
log(w, 2)                 | The call is log(x)
log(w, base=2)            | write log(x) / log(base)
atan2(w)                  | The call is atan2(y, x)
maximum(w)                | The call is maximum(x, y)
maximum([w, x])           | numpy.array(numbers)
leaky_relu(w, 0.1)        | what stands after the * is given by its name
clip(w, min=0, max=1)     | write low=0
clip(w, a_max=1)          | write high=1
autograd.sum([w], axis=0) | [sum(row) for row in rows]
autograd.sum(w)           | takes a list of numbers or Values
autograd.sum({"a": 1})    | write numbers.values()
autograd.sum({1, 2})      | which has no order: write a list
autograd.sum([])          | give at least one number
mean([])                  | give at least one number
mean(w)                   | not a single Value
mean(w, x)                | The call is mean(items)
mean([w, x], axis=0)      | [sum(row) for row in rows]
mean([w, x], keepdims=1)  | the result is one number
mean(values=[w, x])       | write items=
mean("abc")               | takes a list of numbers or Values, not 'abc'
var([w, x], correction=1) | write ddof=1
var([w], ddof=1)          | needs more items than that
softmax(w, x)             | The call is softmax(items)
softmax([w, x], dim=0)    | [sum(row) for row in rows]
softmax([])               | give at least one number
logsumexp(w)              | not a single Value
dot([w], [x, x])          | lists of the same length, not of 1 and 2
dot(w, x)                 | not a single Value
dot([w])                  | The call is dot(xs, ys, start=0)
dot([w], [x], bias=1)     | write start=1
dot(a=[w], b=[x])         | write xs=
dot([w], [x], start="a")  | write float(text)
select(0.5, [w, x])       | takes an integer as its index, not 0.5
select(2, [w, x])         | has 2 item(s), and none at 2
select([w, x], 0)         | takes a list of numbers or Values, not 0
select(0, [w], default=1) | put it among the items
select(idx=0, items=[w])  | write index=0
where(w > 1, w)           | The call is where(condition, x, y)
where(w > 1, w, x, x)     | The call is where(condition, x, y)
where(cond=True, x=w, y=x) | write condition=True
where([True], w, x)       | numpy.array(numbers)
exp(x=2.0)                | write exp(x)
maximum(x=w, y=x)         | write maximum(x, y)
exp(nonsense=1)           | takes no 'nonsense'
polygamma(1.5, w)         | is an integer, not 1.5
primitive()               | write @primitive, without parentheses
primitive(3)              | decorates a rule, a function
primitive(lambda x: x)(w) | as in `return x * y, (y, x)`
primitive(lambda x: (x, 1))(w)     | a tuple of 1 partial(s)
primitive(lambda x: (x, ()))(w)    | a tuple of 1 partial(s)
"""

DERIVATIVES = """
grad(f)("a")              | write float(text)
grad(f)(None)             | or nested lists, tuples and dicts of them, not by None
grad(f)()                 | argnums is 0, but the function was called with 0
grad(f)(True)             | a condition has no derivative
grad(f, argnums=3)(1.0)   | argnums is 3, but the function was called with 1
grad(f, argnums="x")(1.0) | the position of an argument
grad(None)                | takes a function
grad(lambda x: None)(1.0) | a function without `return` gives None
grad(lambda x: [x])(1.0)  | return a number, or use jacobian()
grad(lambda x: "a")(1.0)  | and this one returned 'a'
grad(lambda x: x[0])(1.0) | For a vector give an array
grad(lambda x: math.exp(x))(1.0)   | write autograd.exp(x) for math.exp(x)
grad(f, has_aux=True)(1.0)         | takes a function that returns a pair
jacobian(lambda x: None)(1.0)      | a function without `return` gives None
jvp(f, (1.0,), (1.0, 2.0))         | a tangent for each primal
gradients(E, 3.0)         | one Value, or a list of them, not 3.0
gradients(E, [w, "x"])    | not 'x'
gradients(f, w)           | differentiates one Value by others
compile(3)                | takes a function, not 3
compile(f, backend="gpu") | "native" or "python", not 'gpu'
compile(f, threads=-1)    | a positive integer, not -1
compile(f, parameters=[1.0])       | not 1.0
compile(f, parameters=m)  | write model.parameters()
compile(lambda x: None)(1.0)       | a function without `return` gives None
compile(lambda x: x if x > 0 else -x)(1.0)  | Write autograd.where(condition, x, y)
compile(lambda x: [1, 2][x])(1.0)  | write autograd.select(index, items)
compile(f).backward()     | give compile(function, parameters=...)
"""

CHECKS = """
gradcheck(f)              | was given no input to differentiate in
gradcheck(f, "a")         | takes real numbers as inputs, not 'a'
gradcheck(f, 1.0, order=0)         | of order 1 or 2, not 0
gradcheck(f, 1.0, rtol=-1)         | rtol is a plain number of at least 0
gradcheck(f, 1.0, atol="a")        | atol is a plain number of at least 0
gradcheck(f, 1.0, parameters=[3])  | leaf Values, not 3
gradcheck(lambda x: None, 1.0)     | a function without `return` gives None
gradcheck(lambda x: 3.0, 1.0)      | Does the function use its arguments?
check_derivation(E)       | 'claims'. The call is check_derivation(error, claims
check_derivation(3, {w: 1})        | takes the error
check_derivation(E, {"zzz": 1})    | none has the label 'zzz'
check_derivation(E, {"w": None})   | a formula as text
check_derivation(E, {w: 1, "w": 2})         | is claimed twice
check_derivation(E, {w: 1}, of="foo")       | of is one of value, gradient
check_derivation(E, {w: 1}, of="update")    | give learning_rate=
check_derivation(E, {w: 1}, learning_rate="a")  | a positive number, not 'a'
explain(3)                | takes the Value to differentiate, not 3
explain(w)                | computed from nothing
explain(E, of="zzz")      | the labels are w, x, E
explain(E, digits=0)      | a whole number of at least 1, not 0
draw(3)                   | takes a Value or a list of Values, not 3
draw([])                  | give at least one Value
draw(E, direction="left") | one of LR, RL, TB, BT
draw(E, digits="a")       | a whole number of at least 1, not 'a'
draw(E, depth=-1)         | draw(output, model, depth=1)
draw(E, 3)                | named_parameters()
draw(E, highlight=3)      | a Value or a list of Values, not 3
draw(E, format="png")     | render("name", format="png")
draw_network(3)           | a model or the Values of an output, not 3
draw_network(E, weights=3)         | a list of Values, or a module
draw_network(E, weights=[3])       | a list of Values, or a module
draw_passes(m)            | call its backward(), and draw it
walkthrough(E)            | 'path'. The call is walkthrough(error, path
walkthrough(f, "a.html")  | takes the Value to differentiate
walkthrough(E, "a.html", "0.1")    | a positive number, not '0.1'
"""

NETWORKS = """
nn.MLP(2)                 | write nouts=[16, 16, 1]
nn.MLP(2, 3)              | such as [16, 16, 1], not 3
nn.MLP(2, 3, 1)           | such as [16, 16, 1], not 3
nn.MLP([2, 3, 1])         | write nouts=[16, 16, 1]
nn.MLP("2", [1])          | a whole number of at least 1, not '2'
nn.MLP(2, [0])            | a whole number of at least 1, not 0
nn.MLP(2, [1, 1], activation="rellu")       | give one such as 'relu', 'tanh' or 'sigmoid'
nn.MLP(2, [1, 1], activation=3)    | a name such as 'relu', a function or None
nn.MLP(2, [1], rng=3)     | a generator such as random.Random(0)
nn.MLP(2, [1], init="foo")         | init is one of 'uniform'
nn.MLP(2, [1], dropout=0.5)        | nn.dropout(xs, rate)
nn.Layer(2)               | The call is Layer(nin, nout
nn.Layer(2, 3, "tanh")    | takes 2 positional arguments but 3 were given
nn.Neuron(2, 3)           | write activation=3
m()                       | as in model([1.0, 2.0])
m(1.0, 2.0)               | as in model([1.0, 2.0])
m([1.0])                  | takes 2 inputs, not 1
m(["a", "b"])             | pandas.get_dummies
m("ab")                   | a list or an array of numbers, not 'ab'
m.bias                    | write model.parameters()
m.load("a.json")          | model.load_state_dict(json.load(file))
m.load_state_dict({})     | missing layers.0.neurons.0.w.0
m.load_state_dict({}, strict=False) | arguments are always checked, so leave it out
m.zero_grad(set_to_none=True)      | gradients become 0, so leave it out
m.parameters(True)        | takes 0 positional arguments but 1 was given
m.state_dict(prefix="m.") | takes no 'prefix': leave it out
m.load_state_dict("a")    | takes a dict, such as state_dict() returns
nn.SGD(m, 0.1)            | such as model.parameters()
nn.SGD([w], "0.1")        | a plain number of at least 0, not '0.1'
nn.SGD([w], -0.1)         | a plain number of at least 0, not -0.1
nn.SGD([], 0.1)           | there is nothing to optimize
nn.SGD([w, w], 0.1)       | give each once
nn.Adam([w], betas=0.9)   | such as (0.9, 0.999)
nn.SGD([w], 0.1).lr       | its options are attributes
adam.step(E)              | step() takes 0 positional arguments but 1 was given
adam.zero_grad(set_to_none=True)   | gradients become 0, so leave it out
nn.two_moons(-1)          | a whole number of at least 0, not -1
nn.two_moons(10, noise="a")        | noise is a plain number
nn.dropout([w], 1.5)      | rate is below 1, not 1.5
nn.hinge(w, 0)            | write 2 * label - 1
nn.binary_cross_entropy(w, 1)      | binary_cross_entropy_with_logits()
nn.binary_cross_entropy(Value(0.5), -1)     | write (target + 1) / 2
nn.softmax_cross_entropy([w, x], 5)         | a whole number from 0 to 1, not 5
nn.softmax_cross_entropy(w, 0)     | takes a list of logits
nn.mean_squared_error([w], [1, 2]) | 1 predictions and 2 targets were given
nn.mean_squared_error([w], ["a"])  | is a number, not 'a'
"""

TRAINING = """
nn.fit(m, X, Y)                                | 'loss' and 'optimizer'
nn.fit(m, X, Y, loss, adam)                    | what stands after the * is given by its name
nn.fit(m, X, Y, loss="mse", optimizer=adam)    | such as nn.mean_squared_error, not 'mse'
nn.fit(m, X, Y, loss=loss, optimizer="adam")   | such as nn.SGD(model.parameters()
nn.fit(m, X, Y, loss=loss, optimizer=nn.SGD)   | such as nn.SGD(model.parameters()
nn.fit(nn.MLP, X, Y, loss=loss, optimizer=adam)         | make one first, MLP(...)
nn.fit(X, Y, m, loss=loss, optimizer=adam)     | a function of an input, such as an nn.MLP
nn.fit(m, X, Y[:1], loss=loss, optimizer=adam) | 2 inputs and 1 targets were given
nn.fit(m, X, "ab", loss=loss, optimizer=adam)  | targets are a list or an array, not 'ab'
nn.fit(m, Y, X, loss=loss, optimizer=adam)     | takes 2 inputs, not 1
nn.fit(m, X, Y, loss=lambda y: y, optimizer=adam)       | and this one is <lambda>(y)
nn.fit(m, X, Y, loss=lambda y, t: None, optimizer=adam) | a function without `return` gives None
nn.fit(m, X, Y, loss=lambda y, t: 3.0, optimizer=adam)  | computed from the prediction, not 3.0
nn.fit(m, X, Y, loss=lambda y, t: w * w, optimizer=adam)    | the loss depends on none
nn.fit(m, X, Y, loss=loss, optimizer=nn.SGD([w], 0.1))  | those of this model
nn.fit(m, X, Y, loss=loss, optimizer=nn.SGD(m.parameters(), 1e200)) | Try a smaller learning rate
nn.fit(m, X, Y, loss=loss, optimizer=adam, epochs=-1)       | a whole number of at least 0, not -1
nn.fit(m, X, Y, loss=loss, optimizer=adam, batch_size=0)    | a whole number of at least 1, not 0
nn.fit(m, X, Y, loss=loss, optimizer=adam, rng=3)           | such as random.Random(0), not 3
nn.fit(m, X, Y, loss=loss, optimizer=adam, shuffle=True)    | rng=random.Random(seed)
nn.fit(m, X, Y, loss=loss, optimizer=adam, callback=3)      | called with a Training
nn.fit(m, X, Y, loss=loss, optimizer=adam, callback=lambda: 0) | a function of a Training
nn.fit(m, X, Y, loss=loss, optimizer=adam, validation=0.2)  | (inputs, targets), not 0.2
nn.fit(m, X, Y, loss=loss, optimizer=adam, until="a")       | a plain number, not 'a'
nn.predict(m)             | The call is predict(model, inputs
nn.predict(m, 1.0)        | inputs are a list or an array, not 1.0
nn.plot_losses(3)         | the history that fit() returned, or a list, not 3
nn.plot_gradients(m)      | takes the history of a fit()
nn.plot_decision_boundary(X, Y, m) | such as an nn.MLP
nn.plot_decision_boundary(m, [1.0, 2.0], Y) | points of two coordinates
nn.mlp(2, [1])            | write nn.MLP
nn.relu(w)                | write autograd.relu
nn.mse_loss(w, x)         | write nn.mean_squared_error
autograd.tanhh(w)         | write autograd.tanh
autograd.fit(m)           | write nn.fit
"""


def rows(table):
    """The lines of a table, each with the words that its answer must have."""
    lines = [row for row in table.splitlines() if row]
    return [tuple(map(str.strip, row.rsplit(" | ", 1))) for row in lines]


# Python refuses a call by a TypeError, and so does the package; numbers that do not fit are errors
# of other kinds.
ANY = (TypeError, ValueError, IndexError, AttributeError, FloatingPointError)
ERRORS = {
    **dict.fromkeys((KEYWORDS, CALLS, MEANINGS, OPERATORS), TypeError),
    ATTRIBUTES: AttributeError,
    **dict.fromkeys((NUMBERS, FUNCTIONS, DERIVATIVES, CHECKS, NETWORKS, TRAINING), ANY),
}
ROWS = [(*row, error) for table, error in ERRORS.items() for row in rows(table)]


def answer(typed):
    """The error that a line raises; None if it raises none."""
    try:
        eval(typed, names())
    except Exception as error:
        return error
    return None


# Newer versions of Python warn of `~True` by themselves.
@pytest.mark.filterwarnings("ignore:Bitwise inversion")
@pytest.mark.parametrize(("typed", "words", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_slip_is_answered_by_what_to_write(typed, words, expected):
    error = answer(typed)
    assert error is not None, f"{typed} raises nothing"
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


# Classes have their own names, and a mode is a thing that is called.
FUNCTIONS_OF_BOTH = {
    name
    for name in SIGNATURES
    if name.partition(".")[2].islower()
    and name not in ("autograd.no_grad", "autograd.detect_anomaly")
}


@pytest.mark.parametrize("name", sorted(FUNCTIONS_OF_BOTH))
def test_every_public_function_names_a_keyword_that_it_does_not_take(name):
    package, _, function = name.rpartition(".")
    with pytest.raises(TypeError, match=rf"{function}\(\) takes no 'nonsense'"):
        getattr({"autograd": autograd, "nn": nn}[package], function)(nonsense=1)


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
    for typed, *_ in ROWS:
        print(f"{typed}\n    {answer(typed)}")
