"""A network wired by hand: a recurrent cell with a skip connection learns running parity.

Bits, -1 or 1, come one by one; the parity so far is their product. The cell is the same at every
step, so its weights are shared over time, and a bit reaches the new parity both through the hidden
layer and past it. None of this needs special support: any wiring that can be written in Python
can be trained.
"""

import random
from itertools import accumulate, product
from operator import mul
from pathlib import Path

import nn
from autograd import Value
from examples.saving import save_graph, save_picture

GOAL = 0.001
LENGTH = 4
LONGER = 10


class Parity(nn.Module):
    """Reads bits, and returns the parity after each of them."""

    def __init__(self, hidden: int, rng: random.Random):
        self.hidden = [nn.Neuron(2, activation="tanh", rng=rng) for _ in range(hidden)]
        # One more input than there are hidden neurons: the bit skips them.
        self.output = nn.Neuron(hidden + 1, activation="tanh", rng=rng)

    def __call__(self, bits: tuple[int, ...]) -> list[Value]:
        parity = Value(1.0, label="start")
        parities = []
        for number in bits:
            bit = Value(float(number), label="bit")
            hidden = [neuron([parity, bit]) for neuron in self.hidden]
            parity = self.output([*hidden, bit])
            parity.label = "parity"
            parities.append(parity)
        return parities


def sequences(length: int) -> list[tuple[int, ...]]:
    """All sequences of this many bits."""
    return list(product((-1, 1), repeat=length))


def running_parity(bits: tuple[int, ...]) -> list[int]:
    """The products of the first one, two, three, ... bits: what is to be learned."""
    return list(accumulate(bits, mul))


def train() -> tuple[Parity, list[float]]:
    """A model trained on all short sequences, and its error in each epoch."""
    model = Parity(3, random.Random(3))
    inputs = sequences(LENGTH)
    history = nn.fit(
        model,
        inputs,
        [running_parity(bits) for bits in inputs],
        loss=nn.mean_squared_error,
        optimizer=nn.Adam(model.parameters(), learning_rate=0.05),
        epochs=1000,
        until=GOAL,
    )
    return model, history.losses


def mistakes(model: Parity, length: int) -> int:
    """The number of sequences of this length for which the last parity is wrong."""
    return sum(model(bits)[-1] * running_parity(bits)[-1] <= 0 for bits in sequences(length))


def main(pictures: Path) -> list[Path]:
    """Trains the model, tries it on longer sequences, and draws two steps of it."""
    model, losses = train()
    print(f"{len(model.parameters())} parameters, shared by {LENGTH} steps")
    print(f"Mean squared error {losses[0]:.3f} at first, {losses[-1]:.6f} in epoch {len(losses)}")
    print(f"Mistakes on all {2**LENGTH} sequences of {LENGTH} bits: {mistakes(model, LENGTH)}")
    print(f"and on all {2**LONGER} of {LONGER}, never seen: {mistakes(model, LONGER)}")
    network = nn.draw_network(model, (1, -1))
    return [
        save_graph(two_steps(), pictures / "wired.svg"),
        save_picture(network, pictures / "wired_network.svg"),
    ]


def two_steps() -> Value:
    """The parity of two bits, from a cell with one hidden neuron, labelled and with gradients."""
    model = Parity(1, random.Random(3))
    for name, parameter in model.named_parameters():
        parameter.label = name
    parity = model((1, -1))[-1]
    parity.backward()
    return parity


if __name__ == "__main__":
    main(Path())
