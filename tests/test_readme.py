"""What the README shows that its doctests can't: text with blank lines in it."""

from pathlib import Path

from autograd import Value, explain

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_explanation_is_what_explain_prints():
    w, x, t = Value(0.5, "w"), Value(2.0, "x"), Value(1.5, "t")
    y = (w * x).sigmoid()
    y.label = "y"
    error = (y - t) ** 2 / 2
    error.label = "E"
    shown = README.partition("`print(explanation)` gives\n\n```text\n")[2].partition("\n```")[0]
    assert shown == str(explain(error, learning_rate=0.1, of=w)), "the README is out of date"
