"""The derivatives of 800 outputs with respect to one input: a Jacobian of one column."""

from typing import Any

from benchmarks.program import Engine, Program, Step

OUTPUTS = 800
POINT = 0.3


def curve(tanh: Any, x: Any) -> list[Any]:
    """Outputs that have a factor in common."""
    slope = tanh(x)
    return [slope * (x + 0.01 * number) for number in range(OUTPUTS)]


def _jacobian() -> Step:
    import autograd

    function = autograd.jacobian(lambda x: curve(autograd.tanh, x))
    return lambda: (None, function(POINT))


def _jvp() -> Step:
    import autograd

    return lambda: (None, autograd.jvp(lambda x: curve(autograd.tanh, x), [POINT], [1.0])[1])


def _compiled() -> Step:
    import autograd

    function = autograd.compile(autograd.jacobian(lambda x: curve(autograd.tanh, x)))
    return lambda: (None, function(POINT))


def _jax() -> Step:
    import jax

    jax.config.update("jax_enable_x64", True)
    numbers = jax.numpy.arange(OUTPUTS)

    def curve(x: Any) -> Any:
        return jax.numpy.tanh(x) * (x + 0.01 * numbers)

    function = jax.jit(jax.jacfwd(curve))
    return lambda: (None, function(POINT).tolist())


PROGRAM = Program(
    title=f"Jacobian of one input and {OUTPUTS} outputs",
    engines={
        "autograd.jvp": Engine(_jvp),
        "autograd.jacobian": Engine(_jacobian),
        "autograd.jacobian, compiled": Engine(_compiled),
        "jax.jacfwd, jit": Engine(_jax, "jax"),
    },
    baseline="autograd.jvp",
    rounds=(20, 5),
    repetitions=10,
)
