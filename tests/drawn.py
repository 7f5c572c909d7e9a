"""Graphs to draw, and what an SVG or a DOT text shows of them."""

import random
import re
from xml.etree import ElementTree

import nn
from autograd import Value
from autograd.numbers.text import number_text

SVG = "{http://www.w3.org/2000/svg}"


def linear_network():
    """The linear 2-2-1 network with its error, differentiated."""
    i1, i2 = Value(2.0, label="i1"), Value(3.0, label="i2")
    weights = [0.22, 0.15, 0.03, 0.11, 0.1, 0.19]
    w1, w2, w3, w4, w5, w6 = (Value(w, label=f"w{i}") for i, w in enumerate(weights, 1))
    h1, h2 = w1 * i1 + w2 * i2, w3 * i1 + w4 * i2
    prediction = h1 * w5 + h2 * w6
    error = (prediction - 1) ** 2 * 0.5
    h1.label, h2.label, prediction.label, error.label = "h1", "h2", "prediction", "error"
    error.backward()
    return error


def square():
    x = Value(3.0, label="x")
    y = x * x
    y.backward()
    return y


def awkward_label():
    return Value(1.0, label='"a" {b|c} <d> &amp; \\N\n\n\tλ \x07').tanh()


def network(sizes, activation="sigmoid"):
    """The squared error of an MLP of two inputs, differentiated, and the MLP."""
    model = nn.MLP(2, sizes, activation=activation, rng=random.Random(1))
    output = model([Value(1.0, label="x1"), Value(0.5, label="x2")])
    error = (output - 0.25) ** 2
    error.label = "error"
    error.backward()
    return error, model


def shown(svg):
    """The texts of each box and the texts on each arrow, by their names in DOT."""
    nodes, edges = {}, []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        # Graphviz writes a no-break space where two spaces meet.
        texts = ["".join(t.itertext()).replace("\xa0", " ") for t in group.findall(f"{SVG}text")]
        kind = group.get("class", "").split()
        if kind[0] == "node":
            nodes[group.findtext(f"{SVG}title")] = (kind[1], texts)
        elif kind[0] == "edge":
            texts = [text.strip() for text in texts]
            edges.append((*group.findtext(f"{SVG}title").split("->"), *texts))
    return nodes, sorted(edges)


def reading_order(node, order=()):
    """Operands from the left, then what is computed from them."""
    for parent in node.parents:
        order = reading_order(parent, order)
    return order if any(node is one for one in order) else (*order, node)


def to_be_shown(output):
    """What `shown` should find where nothing is hidden or folded, read off the graph."""
    names, nodes, edges = {}, {}, []
    for position, node in enumerate(reading_order(output)):
        names[node] = f"value{position}"
        role = "output" if node is output else "interior"
        if not node.parents:
            role = "leaf" if node.label else "constant"
        texts = [text for text in (node.label, node.op) if text]
        texts += [f"data {number_text(node.data)}", f"grad {number_text(node.grad)}"]
        nodes[names[node]] = (role, texts)
        for parent, partial in zip(node.parents, node.partials, strict=True):
            edges.append((names[parent], names[node], f"∂ {number_text(partial)}"))
    return nodes, sorted(edges)


BOX = re.compile(r'^\t+(\w+) \[label="(.*?)" class=(\w+) (.*)\]$', re.M)
ARROW = re.compile(r"^\t(\w+) -> (\w+)(?: \[(.*)\])?$", re.M)


def boxes(picture):
    """The text and the other attributes of each box of a DOT text, by its title."""
    found = {}
    for name, label, role, style in BOX.findall(picture.source):
        words = [word for word in re.split(r"\\l|[{}|]", label) if word]
        found[name] = (words, role, dict(re.findall(r'(\w+)="?([^" ]*)"?', style)))
    return found


def titles(picture):
    """What stands first in each box."""
    return [words[0] for words, _, _ in boxes(picture).values()]


def arrows(picture):
    """Each arrow of a DOT text: the titles of its ends, and its attributes as text."""
    title = {name: words[0] for name, (words, _, _) in boxes(picture).items()}
    return [(title[a], title[b], attributes) for a, b, attributes in ARROW.findall(picture.source)]
