"""Networks worked out on paper by people who round each figure, and who may make one mistake.

The derivations are by hand: nothing here asks the engine for a derivative.
"""

import math
import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

import autograd
from autograd import Value
from derivations.networks import total
from nn import softmax_cross_entropy

# In the order in which they are worked out.
QUANTITIES = ("value", "gradient", "step", "new value")

# Each with its derivative by its result and its operand.
ACTIVATIONS = {
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda a, z: a * (1 - a)),
    "tanh": (math.tanh, lambda a, z: 1 - a * a),
    "relu": (lambda z: max(z, 0.0), lambda a, z: float(z > 0)),
    "identity": (lambda z: z, lambda a, z: 1.0),
}

# Two decimals may take a sum as near as this across the kink of ReLU.
_NEAR_A_KINK = 0.03


@dataclass
class Person:
    """Someone who writes figures down, and goes on from them in a way of their own.

    Attributes:
        digits: how many significant digits a figure is given; None for decimals.
        decimals: how many decimals it is given, or a 0 where digits are counted.
        rounding: of the decimal module.
        goes_on: "written": from what stands on the paper; "exact": from what the calculator
            shows; "mixed": from either.
        draw: decides between them.
        mistake: the figure, (quantity, label), at which one is made, and what it does.
        pads: whether zeros at the end are written, as in 0.60.
        sheets: what was written, by quantity and label.
    """

    digits: int | None
    decimals: int
    rounding: str
    goes_on: str
    draw: random.Random
    mistake: tuple = None
    pads: bool = True
    sheets: dict = field(default_factory=dict)

    def shown(self, number):
        """A number as it is written."""
        # A calculator shows 0.3 for 0.1 + 0.2, and 0.3 is not cut off to 0.29.
        exact = Decimal(f"{number:.12g}")
        counts_digits = self.digits and exact
        last = exact.adjusted() + 1 - self.digits if counts_digits else -self.decimals
        text = format(exact.quantize(Decimal(1).scaleb(last), self.rounding), "f")
        if self.pads or "." not in text:
            return text
        return f"{text.rstrip('0')}0" if text.rstrip("0").endswith(".") else text.rstrip("0")

    def step(self, number):
        """A number on the way, which is no claim; what the person goes on with."""
        is_exact = self.goes_on == "exact" or (self.goes_on == "mixed" and self.draw.random() < 0.5)
        return number if is_exact else float(self.shown(number))

    def figure(self, quantity, label, number, **mistakes):
        """A number that is claimed; what the person goes on with."""
        if self.mistake and self.mistake[0] == (quantity, label):
            number = mistakes.get(self.mistake[1], number)
        self.sheets.setdefault(quantity, {})[label] = self.shown(number)
        return self.step(number)


@dataclass
class Network:
    """Layers of neurons with biases, for some rows of inputs; all are numbers."""

    weights: list  # of each layer, a row for each neuron
    biases: list
    activations: list
    rows: list
    targets: list
    loss: str  # "squares", "softmax", "fused softmax"
    rate: float = 0.5

    def graph(self):
        """The error, with every figure labelled."""

        def named(label, node):
            node.label = label
            return node

        weights = [
            [
                [named(f"w{n}_{j}{i}", Value(w)) for i, w in enumerate(row)]
                for j, row in enumerate(layer)
            ]
            for n, layer in enumerate(self.weights)
        ]
        biases = [
            [named(f"b{n}_{j}", Value(b)) for j, b in enumerate(layer)]
            for n, layer in enumerate(self.biases)
        ]
        errors = []
        for r, (row, target) in enumerate(zip(self.rows, self.targets, strict=True)):
            a = [named(f"x{r}_{i}", Value(x)) for i, x in enumerate(row)]
            for n, activation in enumerate(self.activations):
                sums = [
                    total([w * x for w, x in zip(line, a, strict=True)]) + bias
                    for line, bias in zip(weights[n], biases[n], strict=True)
                ]
                z = [named(f"z{n}_{r}{j}", node) for j, node in enumerate(sums)]
                if activation == "identity":
                    a = z
                else:
                    a = [
                        named(f"a{n}_{r}{j}", getattr(autograd, activation)(node))
                        for j, node in enumerate(z)
                    ]
            if self.loss == "fused softmax":
                error = softmax_cross_entropy(a, target.index(1.0))
            elif self.loss == "softmax":
                parts = [node.exp() for node in a]
                p = [named(f"p{r}{k}", part / total(parts)) for k, part in enumerate(parts)]
                t = [named(f"t{r}_{k}", Value(x)) for k, x in enumerate(target)]
                error = -total([x * y.log() for x, y in zip(t, p, strict=True)])
            else:
                t = [named(f"t{r}_{k}", Value(x)) for k, x in enumerate(target)]
                error = total([(x - y) ** 2 / 2 for x, y in zip(a, t, strict=True)])
            errors.append(named(f"E{r}", error) if len(self.rows) > 1 else error)
        return named("E", total(errors) / len(errors) if len(errors) > 1 else errors[0])

    def work_out(self, person):
        """All figures, as a person works them out."""
        self.person = person
        self.forward(self.weights, self.biases, "value")
        count = len(self.rows)
        gradients = {}
        for r, target in enumerate(self.targets):
            for label, share in self.backward(r, target, count):
                gradients.setdefault(label, []).append(share)
        for label, shares in gradients.items():
            gradient = sum(shares)
            missing = {"missing row": sum(shares[:-1])} if count > 1 else {}
            g = person.figure(
                "gradient",
                label,
                gradient,
                sign=-gradient,
                twice=2 * gradient,
                **missing,
            )
            step = self.rate * g
            s = person.figure("step", label, step, rate=g, sign=-step)
            w = self.parameter(label)
            self.new[label] = person.figure("new value", label, w - s, sign=w + s, rate=w - g)
        weights = [
            [[self.new[f"w{n}_{j}{i}"] for i in range(len(row))] for j, row in enumerate(layer)]
            for n, layer in enumerate(self.weights)
        ]
        biases = [
            [self.new[f"b{n}_{j}"] for j in range(len(layer))]
            for n, layer in enumerate(self.biases)
        ]
        self.forward(weights, biases, "new value")
        return person.sheets

    def nearest_to_0(self):
        """The smallest sum of a neuron, in both passes."""
        written = self.work_out(Person(12, 12, ROUND_HALF_UP, "exact", random.Random(0)))
        sums = [
            abs(float(text))
            for quantity in ("value", "new value")
            for label, text in written[quantity].items()
            if label[0] == "z"
        ]
        return min(sums)

    def parameter(self, label):
        n, place = label[1:].split("_")
        if label[0] == "b":
            return self.biases[int(n)][int(place)]
        return self.weights[int(n)][int(place[0])][int(place[1])]

    def forward(self, weights, biases, quantity):
        person = self.person
        self.a, self.z, self.out, self.new = {}, {}, {}, {} if quantity == "value" else self.new
        errors = []
        for r, (row, target) in enumerate(zip(self.rows, self.targets, strict=True)):
            a = self.a[r, 0] = list(row)
            for n, activation in enumerate(self.activations):
                f, _ = ACTIVATIONS[activation]
                z = []
                for j, (line, bias) in enumerate(zip(weights[n], biases[n], strict=True)):
                    number = sum(w * x for w, x in zip(line, a, strict=True)) + bias
                    mistakes = {"missing bias": number - bias, "term": number - line[0] * a[0]}
                    z.append(person.figure(quantity, f"z{n}_{r}{j}", number, **mistakes))
                a = z
                if activation != "identity":
                    a = [
                        person.figure(quantity, f"a{n}_{r}{j}", f(x), operation=x)
                        for j, x in enumerate(z)
                    ]
                self.z[r, n], self.a[r, n + 1] = z, a
            if self.loss == "squares":
                error = sum((y - t) ** 2 / 2 for y, t in zip(a, target, strict=True))
                mistakes = {"twice": 2 * error}
            else:
                parts = [math.exp(x) for x in a]
                p = [part / sum(parts) for part in parts]
                write = person.figure if self.loss == "softmax" else lambda _, __, x: person.step(x)
                p = [write(quantity, f"p{r}{k}", x) for k, x in enumerate(p)]
                self.out[r] = p
                likely = max(p[target.index(1.0)], 1e-9)
                error, mistakes = -math.log(likely), {"sign": math.log(likely)}
            if len(self.rows) > 1:
                error = person.figure(quantity, f"E{r}", error, **mistakes)
            errors.append(error)
        mean = sum(errors) / len(errors)
        person.figure(quantity, "E", mean, twice=2 * mean)

    def backward(self, r, target, count):
        person, last = self.person, len(self.activations) - 1
        if self.loss == "squares":
            given = [(y - t) / count for y, t in zip(self.a[r, last + 1], target, strict=True)]
        else:
            given = [(p - t) / count for p, t in zip(self.out[r], target, strict=True)]
        for n in range(last, -1, -1):
            activation = self.activations[n]
            _, slope = ACTIVATIONS[activation]
            deltas = []
            for j, g in enumerate(given):
                z, a = self.z[r, n][j], self.a[r, n + 1][j]
                if activation != "identity":
                    g = person.figure("gradient", f"a{n}_{r}{j}", g, sign=-g)
                    s = person.step(slope(a, z))
                    mistakes = {"slope": g, "point": g * slope(slope(a, z), a), "sign": -g * s}
                else:
                    s, mistakes = 1.0, {"sign": -g, "twice": 2 * g}
                deltas.append(person.figure("gradient", f"z{n}_{r}{j}", g * s, **mistakes))
            for j, delta in enumerate(deltas):
                yield f"b{n}_{j}", delta
                for i, a in enumerate(self.a[r, n]):
                    yield f"w{n}_{j}{i}", delta * a
            given = [
                sum(d * line[i] for d, line in zip(deltas, self.weights[n], strict=True))
                for i in range(len(self.a[r, n]))
            ]


@dataclass
class Recurrence:
    """h_n = tanh(w x_n + u h_n-1 + b) from h_0 = 0; y = v h at the end; half the squared error."""

    parameters: dict  # w, u, b and v
    inputs: list
    target: float
    rate: float = 0.2

    def graph(self):
        """The error, with every figure labelled."""
        nodes = {label: Value(number, label=label) for label, number in self.parameters.items()}
        w, u, b, v = nodes.values()
        h = 0.0
        for n, x in enumerate(self.inputs, 1):
            z = w * Value(x, label=f"x{n}") + u * h + b if n > 1 else w * Value(x, label="x1") + b
            z.label = f"z{n}"
            h = autograd.tanh(z)
            h.label = f"h{n}"
        y = v * h
        y.label = "y"
        error = (y - Value(self.target, label="t")) ** 2 / 2
        error.label = "E"
        return error

    def work_out(self, person):
        """All figures, as a person works them out."""
        h, y = self._forward(person, self.parameters, "value")
        u, v = self.parameters["u"], self.parameters["v"]
        delta = person.figure("gradient", "y", y - self.target)
        shares = {"v": [delta * h[-1]], "w": [], "u": [], "b": []}
        for n in range(len(self.inputs), 0, -1):
            back = person.figure("gradient", f"h{n}", delta * (v if n == len(self.inputs) else u))
            slope = person.step(1 - h[n] ** 2)
            delta = person.figure("gradient", f"z{n}", back * slope, slope=back, sign=-back * slope)
            shares["b"].append(delta)
            shares["w"].append(delta * self.inputs[n - 1])
            if n > 1:
                shares["u"].append(delta * h[n - 1])
        new = {}
        for label, parameter in self.parameters.items():
            gradient = sum(shares[label])
            earlier = sum(shares[label][:-1])
            mistakes = {"sign": -gradient, "twice": 2 * gradient, "missing row": earlier}
            gradient = person.figure("gradient", label, gradient, **mistakes)
            step = person.figure("step", label, self.rate * gradient, rate=gradient)
            new[label] = person.figure("new value", label, parameter - step, sign=parameter + step)
        self._forward(person, new, "new value")
        return person.sheets

    def _forward(self, person, parameters, quantity):
        w, u, b, v = parameters.values()
        h = [0.0]
        for n, x in enumerate(self.inputs, 1):
            z = w * x + u * h[-1] + b
            z = person.figure(quantity, f"z{n}", z, term=z - w * x)
            h.append(person.figure(quantity, f"h{n}", math.tanh(z), operation=z))
        y = person.figure(quantity, "y", v * h[-1])
        error = (y - self.target) ** 2 / 2
        person.figure(quantity, "E", error, twice=2 * error)
        return h, y


def random_recurrence(draw, steps):
    """A random recurrence of so many steps."""
    parameters = {
        label: round(draw.choice([-1, 1]) * draw.uniform(0.2, 0.9), 2) for label in "wubv"
    }
    inputs = [round(draw.uniform(-1, 1.5), 2) for _ in range(steps)]
    return Recurrence(parameters, inputs, round(draw.uniform(0, 1), 1))


def random_network(draw, sizes, activation, loss, rows):
    """A network, and its rows; where ReLU has its kink, another is drawn."""
    weights = [
        [[round(draw.uniform(-0.9, 0.9), 2) or 0.1 for _ in range(sizes[n])] for _ in range(m)]
        for n, m in enumerate(sizes[1:])
    ]
    biases = [[round(draw.uniform(-0.5, 0.5), 2) for _ in range(m)] for m in sizes[1:]]
    last = "identity" if "softmax" in loss else draw.choice(["sigmoid", "identity", "tanh"])
    activations = [activation] * (len(sizes) - 2) + [last]
    inputs = [[round(draw.uniform(-1, 1.5), 2) for _ in range(sizes[0])] for _ in range(rows)]
    targets = [[round(draw.uniform(0, 1), 1) for _ in range(sizes[-1])] for _ in range(rows)]
    if "softmax" in loss:
        classes = range(sizes[-1])
        right = [draw.choice(classes) for _ in range(rows)]
        targets = [[float(k == own) for k in classes] for own in right]
    found = Network(weights, biases, activations, inputs, targets, loss)
    if activation == "relu" and found.nearest_to_0() < _NEAR_A_KINK:
        return random_network(draw, sizes, activation, loss, rows)
    return found
