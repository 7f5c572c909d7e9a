"""Compiled functions on several of JAX's devices, which are forced to be there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import random

import jax
import numpy as np
from jax.sharding import Mesh, NamedSharding, PartitionSpec

import nn
from autograd import compile

jax.config.update("jax_enable_x64", True)
model = nn.MLP(2, [8, 1], activation="tanh", rng=random.Random(0))
fast = compile(lambda x, y, t: nn.hinge(model([x, y]), t), parameters=model.parameters())
points, labels = nn.two_moons(400, rng=random.Random(1))
columns = [*np.array(points).T, np.array(labels, float)]
value, gradient = fast.value_and_grad(*columns, at=fast.vector())

assert len(jax.devices()) == 4
spread = NamedSharding(Mesh(jax.devices(), ("points",)), PartitionSpec("points"))
x, y, t = (jax.device_put(column, spread) for column in columns)
assert len(x.sharding.device_set) == 4
step = jax.jit(lambda at: fast.value_and_grad(x, y, t, at=at))
found, derivatives = step(fast.vector())
assert abs(found - value) < 1e-14, (found, value)
assert abs(np.asarray(derivatives) - gradient).max() < 1e-14
"""


def test_points_that_are_sharded_over_devices_give_the_gradient_of_all():
    pytest.importorskip("jax")
    environment = {
        **os.environ,
        "XLA_FLAGS": "--xla_force_host_platform_device_count=4",
        "JAX_PLATFORMS": "cpu",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
