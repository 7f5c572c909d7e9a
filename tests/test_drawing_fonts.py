"""The texts of an SVG are within their boxes in a browser with whatever fonts a system has."""

import random

from drawn import linear_network, network

import nn
from autograd import Value, draw

PICTURES = {
    "linear_network": lambda: draw(linear_network()),
    "network": lambda: draw(*network([2, 1])),
    "layers": lambda: draw(*network([16, 16, 1], "relu")),
    "across": lambda: draw(linear_network(), direction="LR", digits=12),
    "wide_labels": lambda: draw(Value(1.0, "WWWWmmmm") + Value(2.0, "illness of a *{<|&>}*")),
    "other_scripts": lambda: draw(Value(1.0, "重み") * Value(2.0, "λ₁ — שלום")),
    "many_samples": lambda: draw(*loss_over_samples()),
    "neurons": lambda: nn.draw_network(network([3, 1])[1], [-0.123456, 12.5], gradients=True),
}

# Texts that are wider than the shape that they are in, by more than rounding.
MEASURE = """
const found = [];
for (const section of document.querySelectorAll("section")) {
  for (const node of section.querySelectorAll("g.node")) {
    const shape = node.querySelector("path, polygon, ellipse");
    if (!shape) continue;
    const frame = shape.getBBox();
    for (const text of node.querySelectorAll("text")) {
      const box = text.getBBox();
      if (box.x < frame.x - 0.5 || box.x + box.width > frame.x + frame.width + 0.5)
        found.push([section.title, text.textContent, box.width, frame.width]);
    }
  }
}
return [found, document.querySelectorAll("g.node text").length];
"""


def loss_over_samples():
    model = nn.MLP(2, [4, 1], rng=random.Random(1))
    errors = [(model([float(i), 1.0]) - 1) ** 2 for i in range(30)]
    loss = sum(errors)
    loss.backward()
    return loss, model


def test_every_text_is_within_its_box(font_browser, engine, tmp_path):
    svgs = {name: picture().pipe(encoding="utf-8") for name, picture in PICTURES.items()}
    sections = [f"<section title={name}>{svg[svg.index('<svg') :]}" for name, svg in svgs.items()]
    page = tmp_path / "pictures.html"
    page.write_text("<!DOCTYPE html><meta charset=utf-8>" + "".join(sections), encoding="utf-8")
    font_browser.get(page.as_uri())
    outside, count = font_browser.execute_script(MEASURE)
    assert count > 100
    assert not outside, "texts that are wider than their boxes"
