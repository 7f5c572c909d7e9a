"""Values and derivatives from other engines, at points that are read as JSON.

HIPS autograd is imported under the same name as this project, so it runs in a Python of its own,
and this file imports nothing from the project.
"""

import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

Columns = Sequence[Sequence[float]]
Results = list[list[float]]

# By our names, what an engine calls each function, or what its users write for it.
_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "mod": lambda x, y: x % y,
    "neg": lambda x: -x,
    "pow": lambda x, y: x**y,
    "constant_power": lambda x: x**2.5,
}
_ELEMENTARY = (
    *("exp", "expm1", "log", "log1p", "sqrt", "logaddexp", "sin", "cos", "tan", "sinh", "cosh"),
    *("tanh", "abs", "maximum", "minimum", "exp2", "log2", "log10", "square", "sinc", "ceil"),
    *("trunc", "round"),
)
_ACTIVATIONS = ("relu6", "hardtanh", "softsign", "selu", "mish")
_JAX_ACTIVATIONS = {"hardtanh": "hard_tanh", "softsign": "soft_sign"}
_INVERSE = {
    **{name: f"arc{name[1:]}" for name in ("asin", "acos", "atan", "asinh", "acosh", "atanh")},
    "atan2": "arctan2",
}


def torch_derivatives(name: str, columns: Columns) -> Results | None:
    """PyTorch's results, for all points at once, in double precision."""
    import torch

    special = {
        "hypot": torch.hypot,
        "erf": torch.erf,
        "erfc": torch.erfc,
        **{x: getattr(torch, x) for x in (*_ELEMENTARY, *_INVERSE, "xlogy", "copysign")},
        **{x: getattr(torch.nn.functional, x) for x in ("relu", "softplus", "silu", "gelu")},
        "sigmoid": torch.sigmoid,
        **{x: getattr(torch, x) for x in ("lgamma", "digamma", "erfinv", "logit")},
        **{x: getattr(torch.special, x) for x in ("ndtr", "ndtri")},
        **{x: getattr(torch.nn.functional, x) for x in _ACTIVATIONS},
        "polygamma": lambda x: torch.polygamma(1, x),
        "log_sigmoid": torch.nn.functional.logsigmoid,
        "leaky_relu": lambda x: torch.nn.functional.leaky_relu(x, 0.01),
        "elu": lambda x: torch.nn.functional.elu(x, 1.5),
        **_ARITHMETIC,
    }
    if name not in special:
        return None
    inputs = [torch.tensor(column, dtype=torch.float64, requires_grad=True) for column in columns]

    def gradient(output: Any) -> list[Any]:
        if not output.requires_grad:
            return [torch.zeros_like(x) for x in inputs]
        gradients = torch.autograd.grad(output.sum(), inputs, create_graph=True, allow_unused=True)
        # Added to zeros, since PyTorch does not store some zeros, which then can't be read.
        zeros = [torch.zeros_like(x) for x in inputs]
        return [zero if g is None else zero + g for zero, g in zip(zeros, gradients, strict=True)]

    return _transposed(_in_order(special[name](*inputs), gradient, len(inputs)))


def jax_derivatives(name: str, columns: Columns) -> Results | None:
    """JAX's results, for all points at once, in double precision."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    special = {
        "erf": jax.scipy.special.erf,
        "erfc": jax.scipy.special.erfc,
        "hypot": jnp.hypot,
        **{x: getattr(jnp, x) for x in _ELEMENTARY},
        **{x: getattr(jnp, known) for x, known in _INVERSE.items()},
        **{x: getattr(jax.scipy.special, x) for x in ("digamma", "erfinv", "logit", "beta")},
        **{x: getattr(jax.scipy.special, x) for x in ("ndtr", "ndtri", "gamma")},
        **{x: getattr(jax.nn, _JAX_ACTIVATIONS.get(x, x)) for x in _ACTIVATIONS},
        "lgamma": jax.scipy.special.gammaln,
        "polygamma": lambda x: jax.scipy.special.polygamma(1, x),
        "xlogy": jax.scipy.special.xlogy,
        "cbrt": jnp.cbrt,
        "log_sigmoid": jax.nn.log_sigmoid,
        **{x: getattr(jax.nn, x) for x in ("relu", "softplus", "silu", "sigmoid", "leaky_relu")},
        "gelu": lambda x: jax.nn.gelu(x, approximate=False),
        "elu": lambda x: jax.nn.elu(x, 1.5),
        **_ARITHMETIC,
    }
    return _by_elementwise(special, name, [jnp.array(x) for x in columns], jax.grad)


def hips_derivatives(name: str, columns: Columns) -> Results | None:
    """HIPS autograd's results, for all points at once."""
    import autograd.numpy as anp
    import autograd.scipy.special as special_functions

    from autograd import grad

    special = {
        "erf": special_functions.erf,
        "erfc": special_functions.erfc,
        "sigmoid": special_functions.expit,
        **{x: getattr(special_functions, x) for x in ("erfinv", "logit", "gamma", "beta")},
        "lgamma": special_functions.gammaln,
        "digamma": special_functions.psi,
        "polygamma": lambda x: special_functions.polygamma(1, x),
        **{x: getattr(anp, x) for x in _ELEMENTARY},
        **{x: getattr(anp, known) for x, known in _INVERSE.items()},
        **_ARITHMETIC,
    }
    return _by_elementwise(special, name, [anp.array(x) for x in columns], grad)


def _by_elementwise(
    special: dict[str, Any], name: str, inputs: list[Any], grad: Callable[..., Any]
) -> Results | None:
    if name not in special:
        return None
    function = special[name]
    count = len(inputs)
    positions = range(count)
    slopes = [grad(lambda *xs: function(*xs).sum(), i) for i in positions]
    results = [function(*inputs), *[slope(*inputs) for slope in slopes]]
    for i in positions:
        for j in positions[i:]:
            results.append(grad(lambda *xs, i=i: slopes[i](*xs).sum(), j)(*inputs))
    return _transposed(results)


def _in_order(value: Any, gradient: Callable[[Any], list[Any]], count: int) -> list[Any]:
    slopes = gradient(value)
    rows = [gradient(slope) for slope in slopes]
    return [value, *slopes, *[rows[i][j] for i in range(count) for j in range(i, count)]]


def _transposed(columns: list[Any]) -> Results:
    return [list(row) for row in zip(*[x.tolist() for x in columns], strict=True)]


PEERS = {"PyTorch": torch_derivatives, "JAX": jax_derivatives, "HIPS autograd": hips_derivatives}


def main() -> None:
    """Reads the columns for each function, and writes the results of the engine named."""
    import warnings

    warnings.simplefilter("ignore")
    derivatives = PEERS[sys.argv[1]]
    results = {}
    for name, columns in json.load(sys.stdin).items():
        try:
            results[name] = derivatives(name, columns)
        except (AttributeError, NotImplementedError):
            results[name] = None
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
