"""Pictures of networks in a browser: every text is where there is room for it, in any font."""

import random

import nn
from examples import t1, t2, t4


def differentiated(error):
    error.backward()
    return nn.draw_network(error, gradients=True, digits=4)


PICTURES = (
    lambda: differentiated(t1.forward(t1.leaves())["error"]),
    lambda: nn.draw_passes(t2_error())[-1],
    lambda: differentiated(t4.forward(t4.leaves())["E"]),
    lambda: nn.draw_network(mlp(3, [4, 2]), [-0.001234, 1e-7, 123456.0], gradients=True),
    lambda: nn.draw_network(mlp(8, [16, 16, 4]), [1.0] * 8),
    lambda: nn.draw_network(mlp(2, [2, 1], activation="leaky_relu")),
)


def t2_error():
    error = t2.forward(t2.leaves())["error"]
    error.backward()
    return error


def mlp(nin, sizes, activation="sigmoid"):
    return nn.MLP(nin, sizes, activation=activation, rng=random.Random(0))


# The corners of all texts in a circle are in it, texts elsewhere cover no other, and none is cut.
_CHECK = """
const boxOf = (x) => x.getBoundingClientRect();
const covers = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
  && a.top < b.bottom - 1 && b.top < a.bottom - 1;
const found = [];
for (const svg of document.querySelectorAll("svg")) {
  const page = boxOf(svg);
  const frames = [];
  for (const node of svg.querySelectorAll("g.node")) {
    const texts = [...node.querySelectorAll("text")].map(boxOf);
    const circle = node.querySelector("ellipse");
    const { left, right, top, bottom } = circle ? boxOf(circle) : page;
    const [x, y, radius] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 2];
    for (const box of circle ? texts : [])
      for (const side of [box.left, box.right])
        // A line of text is higher than its letters.
        if (Math.hypot(side - x, (box.top + box.bottom) / 2 - y) > radius)
          found.push([node.textContent, "out of its circle"]);
    for (const box of circle ? [boxOf(circle)] : texts) frames.push([node, box]);
  }
  for (const [node, box] of frames) {
    if (box.left < page.left || box.right > page.right) found.push([node.textContent, "cut"]);
    for (const [other, place] of frames)
      if (other !== node && covers(box, place)) found.push([node.textContent, other.textContent]);
  }
}
return found;
"""


def test_every_text_has_its_place(font_browser, tmp_path):
    page = tmp_path / "pictures.html"
    svgs = [picture().pipe(format="svg", encoding="utf-8") for picture in PICTURES]
    page.write_text(f"<!doctype html><meta charset=utf-8>{''.join(svgs)}", encoding="utf-8")
    font_browser.get(page.as_uri())
    assert font_browser.execute_script("return document.querySelectorAll('svg').length") == len(
        PICTURES
    )
    assert font_browser.execute_script(_CHECK) == []
