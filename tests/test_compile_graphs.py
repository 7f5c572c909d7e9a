"""Random programs and networks, compiled against eager; over arrays of JAX and PyTorch too."""

import warnings

import numpy as np
import pytest
from hypothesis import assume
from strategies import graphs
from test_compile_checker import Expected, assert_close, assert_compiled, eager
from witnesses import EPSILON, for_all, leaves_of

from autograd import compile, dot, exp, log, tanh, where
from autograd import sum as total

WEIGHTS = (0.7391, -1.2817, 1.5173, -0.4919)


def weighted(program):
    """The program's result beside a sum of its inputs: no derivative is 0 by its nature."""

    def function(*numbers):
        return 1.5 * program(*numbers) + dot(numbers, WEIGHTS[: len(numbers)])

    function.__name__ = repr(program)
    return function


def test_random_programs_equal_eager(backend):
    def check(program, numbers):
        function = weighted(program)
        derivatives = [x.number for x in eager(function, numbers)[1:]]
        assume(all(abs(x) > 1e-3 for x in derivatives))
        assert_compiled(function, [numbers] * 2, backend)

    # Each example is four programs, of which each becomes machine code.
    for_all(graphs(), check, examples=25 if backend == "native" else 60)


COUNT = 9


def written_out(features, *weights):
    """Layers of explicit sums and products, as in micrograd."""
    hidden = []
    for i in range(0, 3 * len(features), len(features)):
        activation = weights[-1]
        for x, w in zip(features, weights[i:], strict=False):
            activation = activation + x * w
        hidden.append(tanh(activation))
    return hidden[0] * hidden[1] - hidden[1] * hidden[2] + hidden[0] * weights[0]


def as_dots(features, *weights):
    """The same network, a node for each sum of products."""
    count = len(features)
    rows = [weights[i : i + count] for i in range(0, 3 * count, count)]
    hidden = [tanh(dot(features, row, start=weights[-1])) for row in rows]
    terms = [(hidden[0], hidden[1]), (-hidden[1], hidden[2]), (hidden[0], weights[0])]
    return dot(*zip(*terms, strict=True))


def cross_entropy(features, *weights):
    """What classifiers end in: a sum in a logarithm, and a difference."""
    count = len(features)
    scores = [dot(features, weights[i : i + count]) for i in range(0, 3 * count, count)]
    return log(total([exp(score) for score in scores])) - scores[1] * weights[-1]


NETWORKS = [written_out, as_dots, cross_entropy]
every_network = pytest.mark.parametrize("network", NETWORKS)


def drawn(lanes):
    random = np.random.default_rng(3)
    return random.normal(size=(lanes, COUNT)), random.normal(size=3 * COUNT + 1) * 0.5


def expected_of(network, table, weights):
    """The mean and its derivatives in the weights by the eager engine."""
    rows = [eager(lambda *w, r=row: network(r, *w), weights) for row in table.tolist()]
    return [
        Expected(
            sum(x.number for x in column) / len(column),
            sum(x.budget + len(column) * EPSILON * abs(x.number) for x in column) / len(column),
        )
        for column in zip(*rows, strict=True)
    ]


@every_network
def test_networks_equal_eager(network, backend):
    table, weights = drawn(11)
    parameters = leaves_of(weights.tolist())
    fast = compile(lambda x: network(x, *parameters), parameters, backend=backend)
    expected = expected_of(network, table, weights.tolist())
    assert sum(abs(x.number) > 1e-3 for x in expected) > 25, "hardly anything to get wrong"
    value, gradient = fast.value_and_grad(table)
    assert_close([value, *gradient], expected, network.__name__)
    value, gradient = fast.value_and_grad(table, at=weights)
    assert_close([value, *gradient], expected, f"{network.__name__} at an array")

    alone = eager(lambda *w: network(table[0].tolist(), *w), weights.tolist())
    value, gradient = fast.value_and_grad(table[0].tolist())
    assert_close([value, *gradient], alone, f"{network.__name__} of floats")


def test_sums_written_out_and_dots_agree(backend):
    """Two ways to write one network, derived by the same rules in another order."""
    table, weights = drawn(5)
    found = []
    for network in (written_out, as_dots):
        parameters = leaves_of(weights.tolist())
        fast = compile(lambda x, n=network, p=parameters: n(x, *p), parameters, backend=backend)
        value, gradient = fast.value_and_grad(table)
        found.append([value, *gradient])
    np.testing.assert_allclose(found[0], found[1], rtol=1e-13, atol=1e-15)


# Other libraries' arrays are run instruction by instruction.


@pytest.fixture
def jax():
    with warnings.catch_warnings():
        # What an import of a whole library may warn of is no concern of ours.
        warnings.simplefilter("ignore")
        module = pytest.importorskip("jax")
    before = module.config.jax_enable_x64
    module.config.update("jax_enable_x64", True)
    yield module
    module.config.update("jax_enable_x64", before)


@pytest.fixture(params=["jax", "torch"])
def library(request):
    """A function that makes an array of the library, and the type of its arrays."""
    if request.param == "jax":
        jax = request.getfixturevalue("jax")
        return jax.numpy.asarray, jax.Array
    torch = pytest.importorskip("torch")
    return lambda x: torch.tensor(np.array(x)), torch.Tensor


@every_network
def test_arrays_of_other_libraries(network, library):
    array, kind = library
    table, weights = drawn(6)
    parameters = leaves_of(weights.tolist())
    fast = compile(lambda x: network(x, *parameters), parameters)
    expected = expected_of(network, table, weights.tolist())

    value, gradient = fast.value_and_grad(array(table))
    assert_close([float(value), *map(float, gradient)], expected, "lanes of another library")

    value, gradient = fast.value_and_grad(array(table), at=array(weights))
    assert isinstance(gradient, kind)
    assert_close([float(value), *gradient.tolist()], expected, "at an array of another library")

    outputs = fast(array(table))
    assert isinstance(outputs, kind)
    assert tuple(outputs.shape) == (6,)
    np.testing.assert_allclose(np.asarray(outputs), fast(table), rtol=1e-13)


def test_gradient_in_arrays_of_other_libraries(library):
    array, kind = library
    fast = compile(lambda x, w: tanh(x[0] * w) + 3 * x[1], reduce="sum")
    table = np.array([[0.5, 1.0], [-0.25, 2.0], [1.5, 3.0]])
    value, (dx, dw) = fast.value_and_grad(array(table), 0.75)
    assert isinstance(dx, kind)
    slopes = 1 - np.tanh(table[:, 0] * 0.75) ** 2
    expected = np.stack([slopes * 0.75, np.full(3, 3.0)], axis=1)
    np.testing.assert_allclose(np.asarray(dx), expected, rtol=1e-14)
    assert float(dw) == pytest.approx((slopes * table[:, 0]).sum(), rel=1e-14)
    assert float(value) == pytest.approx(np.tanh(table[:, 0] * 0.75).sum() + 18.0, rel=1e-14)


@every_network
def test_inside_jit(network, jax):
    table, weights = drawn(6)
    parameters = leaves_of(weights.tolist())
    fast = compile(lambda x: network(x, *parameters), parameters)
    expected = expected_of(network, table, weights.tolist())

    step = jax.jit(lambda x, w: fast.value_and_grad(x, at=w))
    value, gradient = step(jax.numpy.asarray(table), jax.numpy.asarray(weights))
    # XLA fuses and reorders as it likes, and has exp and tanh of its own, a few ulps off.
    wider = [Expected(x, 4 * budget) for x, budget in expected]
    assert_close([float(value), *gradient.tolist()], wider, "inside jax.jit")


@pytest.mark.parametrize("shared", [1.0, -1.0])
def test_a_choice_that_the_lanes_share(shared, library, backend):
    """Whatever it chooses, each lane has it: three of it add up to three times as much."""
    array, _ = library
    w = leaves_of([shared])[0]
    fast = compile(lambda x: where(w > 0, w, x), [w], reduce="sum", backend=backend)
    x = [1.0, 2.0, 3.0]
    expected = (3.0, [3.0]) if shared > 0 else (6.0, [0.0])
    outputs = [1.0, 1.0, 1.0] if shared > 0 else x
    assert fast.value_and_grad(np.array(x)) == expected
    assert fast(np.array(x)).tolist() == outputs
    if backend != "native":
        value, gradient = fast.value_and_grad(array(x), at=array([shared]))
        assert (float(value), gradient.tolist()) == expected
        assert fast(array(x)).tolist() == outputs


def test_a_number_that_jax_traces(jax):
    w = leaves_of([0.5])[0]
    fast = compile(lambda x: tanh(w * x), [w])
    x = jax.numpy.asarray([0.25, -2.0, 3.0])
    expected = np.tanh(0.5 * np.asarray(x))
    for found in (jax.vmap(fast)(x), [jax.jit(fast)(number) for number in x]):
        np.testing.assert_allclose(found, expected, rtol=1e-15)
    slopes = [jax.grad(fast)(number) for number in x]
    np.testing.assert_allclose(slopes, 0.5 * (1 - expected**2), rtol=1e-14)
    values, (derivatives,) = jax.vmap(fast.value_and_grad)(x)
    np.testing.assert_allclose(values, expected, rtol=1e-15)
    np.testing.assert_allclose(derivatives, np.asarray(x) * (1 - expected**2), rtol=1e-14)


def test_arrays_of_numpy_beside_another_library(library):
    """One array of the other library makes them all such."""
    array, kind = library
    w = leaves_of([0.5])[0]
    fast = compile(lambda x, y: tanh(w * x) * y, [w])
    x = np.array([0.25, -2.0, 3.0])
    expected = fast.value_and_grad(x, x, at=[0.5])
    for arguments, at in (((x, x), array([0.5])), ((x, array(x)), [0.5]), ((array(x), x), [0.5])):
        value, gradient = fast.value_and_grad(*arguments, at=at)
        np.testing.assert_allclose(float(value), expected[0], rtol=1e-15)
        np.testing.assert_allclose(np.asarray(gradient), expected[1], rtol=1e-15)
    assert isinstance(fast(x, array(x)), kind)


def test_pytorch_differentiates_the_program_too():
    torch = pytest.importorskip("torch")
    table, weights = drawn(6)
    parameters = leaves_of(weights.tolist())
    fast = compile(lambda x: as_dots(x, *parameters), parameters)
    tensor = torch.tensor(weights, requires_grad=True)
    value, gradient = fast.value_and_grad(torch.tensor(table), at=tensor)
    value.backward()
    np.testing.assert_allclose(tensor.grad, gradient.detach(), rtol=1e-13, atol=1e-15)
