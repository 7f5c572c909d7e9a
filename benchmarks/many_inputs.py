"""A gradient of 1,000 inputs is checked: that of Rosenbrock's function, by differences."""

import random
from typing import Any

from benchmarks.compiled.rosenbrock import COUNT, array_form, scalar_form
from benchmarks.program import Engine, Program, Step

POINT = [random.Random(0).uniform(-2, 2) for _ in range(COUNT)]


def _autograd() -> Step:
    import autograd

    def function(variables: Any) -> Any:
        return autograd.sum(scalar_form(variables))

    return lambda: (None, [float(bool(autograd.gradcheck(function, POINT)))])


def _torch() -> Step:
    import torch

    torch.set_num_threads(1)
    point = torch.tensor(POINT, dtype=torch.float64, requires_grad=True)
    return lambda: (None, [float(torch.autograd.gradcheck(array_form, [point]))])


def _jax() -> Step:
    import jax
    from jax.test_util import check_grads

    jax.config.update("jax_enable_x64", True)
    point = jax.numpy.array(POINT)

    def step() -> tuple[Any, list[float]]:
        check_grads(array_form, [point], order=1)
        return None, [1.0]

    return step


PROGRAM = Program(
    title=f"gradcheck of Rosenbrock's function of {COUNT:,} variables",
    engines={
        "autograd.gradcheck": Engine(_autograd),
        "torch.autograd.gradcheck": Engine(_torch, "torch"),
        "jax.test_util.check_grads, along one direction": Engine(_jax, "jax"),
    },
    baseline="torch.autograd.gradcheck",
    rounds=(5, 2),
)
