"""The GPT as it is written for other libraries: whole layers at once, batch by batch."""

import itertools

from benchmarks.compiled.gpt_data import batches, initial_parameters
from benchmarks.gpt import HEAD_WIDTH, HEADS, SHAPES
from benchmarks.program import CompiledStep


def weights_of(vector):
    """The matrices by name, as views of the vector."""
    sizes = [rows * columns for rows, columns in SHAPES.values()]
    ends = list(itertools.accumulate(sizes))
    return {
        name: vector[end - size : end].reshape(shape)
        for (name, shape), size, end in zip(SHAPES.items(), sizes, ends, strict=True)
    }


def logits_of(np, softmax, vector, tokens):
    """The logits after each token, for any library with NumPy's names.

    Args:
        tokens: of shape (batch, positions).
    """
    batch, positions = tokens.shape
    weights = weights_of(vector)

    def rms_norm(x):
        return x * ((x * x).mean(-1)[..., None] + 1e-5) ** -0.5

    def by_head(x):
        return x.reshape(batch, positions, HEADS, HEAD_WIDTH)

    residual = rms_norm(weights["tokens"][tokens] + weights["positions"][:positions])
    x = rms_norm(residual)
    query, key, value = (by_head(x @ weights[name].T) for name in ("query", "key", "value"))
    scores = np.einsum("bqhi,bkhi->bhqk", query, key) / HEAD_WIDTH**0.5
    is_earlier = np.tril(np.ones((positions, positions))) > 0
    shares = softmax(np.where(is_earlier, scores, -np.inf), -1)
    heads = np.einsum("bhqk,bkhi->bqhi", shares, value).reshape(x.shape)
    residual = heads @ weights["attention"].T + residual
    hidden = rms_norm(residual) @ weights["expand"].T
    hidden = np.where(hidden > 0, hidden, 0.0)
    return (hidden @ weights["contract"].T + residual) @ weights["output"].T


def jax(batch: int) -> CompiledStep:
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    upcoming = batches(batch)
    vector = jnp.array(initial_parameters())
    means = squares = jnp.zeros_like(vector)
    steps = 0
    yield

    def loss(vector, tokens):
        logits = logits_of(jnp, jax.nn.softmax, vector, tokens[:, :-1])
        logarithms = jax.nn.log_softmax(logits, -1)
        return -jnp.take_along_axis(logarithms, tokens[:, 1:, None], -1).mean()

    @jax.jit
    def training(vector, means, squares, steps, tokens):
        value, gradient = jax.value_and_grad(loss)(vector, tokens)
        means = 0.85 * means + 0.15 * gradient
        squares = 0.99 * squares + 0.01 * gradient**2
        mean, square = means / (1 - 0.85**steps), squares / (1 - 0.99**steps)
        vector = vector - 0.01 * mean / (square**0.5 + 1e-8)
        return value, gradient, vector, means, squares

    def step():
        nonlocal vector, means, squares, steps
        steps += 1
        answer = training(vector, means, squares, steps, next(upcoming))
        value, gradient, vector, means, squares = jax.block_until_ready(answer)
        return value, gradient, vector

    yield step


def torch(batch: int) -> CompiledStep:
    import torch

    upcoming = map(torch.from_numpy, batches(batch))
    vector = torch.tensor(initial_parameters(), dtype=torch.float64, requires_grad=True)
    yield
    optimizer = torch.optim.Adam([vector], lr=0.01, betas=(0.85, 0.99), eps=1e-8)

    def step():
        tokens = next(upcoming)
        logits = logits_of(torch, torch.softmax, vector, tokens[:, :-1])
        value = torch.nn.functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        return value, vector.grad, vector

    yield step
