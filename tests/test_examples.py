"""The examples run, and what they claim is so."""

import doctest
import math
import os
import random
import subprocess
import sys
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path

import graphviz
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nn
from autograd import Value
from examples import digits, moons, published, saving, t1, t2, t3, t4, wired, xor
from examples.__main__ import NAMES, module, run
from examples.published import errata, verdict

ROOT = Path(__file__).parent.parent

# A figure of eight digits computed in another order of operations differs by a few
# roundings of 1e-16, relative; a wrong formula differs in its first digits.
ROUNDING = 1e-14

numbers = st.decimals(min_value=-1000, max_value=1000, allow_nan=False, places=9)
places = st.integers(min_value=0, max_value=6)


def shown(number: Decimal, decimals: int, rounding: str = ROUND_HALF_EVEN) -> str:
    return format(number.quantize(Decimal(1).scaleb(-decimals), rounding), "f")


@given(numbers, places)
def test_a_rounded_figure_is_right(number: Decimal, decimals: int) -> None:
    assert verdict(shown(number, decimals), number) == "right"


@given(numbers, places)
def test_a_figure_that_was_cut_off_is_right_or_truncated(number: Decimal, decimals: int) -> None:
    cut = shown(number, decimals, ROUND_DOWN)
    expected = "right" if abs(number - Decimal(cut)) <= unit(decimals) / 2 else "truncated"
    assert verdict(cut, number) == expected


@given(numbers, places, st.sampled_from([-1, 2]))
def test_a_figure_beside_both_neighbours_is_wrong(n: Decimal, decimals: int, units: int) -> None:
    # From the figure that was cut off, one unit outwards may still be the rounded one.
    outwards = 1 if n > 0 else -1
    figure = Decimal(shown(n, decimals, ROUND_DOWN)) + outwards * units * unit(decimals)
    assert verdict(format(figure, "f"), n) == "wrong"


def unit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def test_the_examples_in_the_documentation_of_the_comparison() -> None:
    assert doctest.testmod(published).failed == 0


def test_t1_by_hand() -> None:
    h1, h2 = 0.22 * 2 + 0.15 * 3, 0.03 * 2 + 0.11 * 3
    difference = h1 * 0.1 + h2 * 0.19 - 1
    by_hand = {
        "h1": h1,
        "h2": h2,
        "error": difference**2 / 2,
        "dE/dw1": difference * 0.1 * 2,
        "dE/dw2": difference * 0.1 * 3,
        "dE/dw3": difference * 0.19 * 2,
        "dE/dw4": difference * 0.19 * 3,
        "dE/dw5": difference * h1,
        "dE/dw6": difference * h2,
        "new w2": 0.15 - 0.05 * difference * 0.1 * 3,
    }
    engine = t1.worked_example()
    assert {name: engine[name] for name in by_hand} == pytest.approx(by_hand, rel=ROUNDING, abs=0)


def test_t1_marks_the_figures_that_are_wrong() -> None:
    assert errata(t1.PUBLISHED, t1.worked_example()) == {
        "rate * dE/dw1": "-0.00837",
        "rate * dE/dw2": "-0.0126",
        "new w1": "0.2",
        "new w2": "0.163",
        "new h1": "0.9444",
        "new prediction": "0.231",
    }


def test_t1_in_fractions_is_exact() -> None:
    exact = t1.worked_example(Fraction)
    assert exact["prediction"] == Fraction("0.1631")
    assert exact["error"] == Fraction("0.8369") ** 2 / 2
    assert exact == pytest.approx(t1.worked_example(), rel=ROUNDING, abs=0)


def test_t1_says_where_the_wrong_figures_come_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    t1.main(tmp_path)
    printed = capsys.readouterr().out
    for figure in ("10 times", "0.0275", "it follows from", "0.1727", "transposed", "half"):
        assert figure in printed, f"t1 does not print {figure}"


def test_t2_by_hand() -> None:
    y = 1 / (1 + math.exp(-1))
    delta_k = y - 0.5
    delta_j = y * (1 - y) * delta_k * 0.5
    new_ij, new_jk = 0.5 - 0.01 * delta_j, 0.5 - 0.01 * delta_k * y
    new_y_k = 2 * new_jk / (1 + math.exp(-2 * new_ij))
    by_hand = {
        "delta_k": delta_k,
        "delta_j": delta_j,
        "dE/dw_jk": delta_k * y,
        "new y_k": new_y_k,
        "new error": (new_y_k - 0.5) ** 2 / 2,
    }
    engine = t2.worked_example()
    assert {name: engine[name] for name in by_hand} == pytest.approx(by_hand, rel=ROUNDING, abs=0)


def test_t2_marks_the_figures_that_are_wrong() -> None:
    assert errata(t2.PUBLISHED, t2.worked_example()) == {
        "dE/dw_jk": "0.168917",
        "new w_jk": "0.49831083",
        "new error": "0.02611",
    }


def test_t2_treats_equal_weights_equally() -> None:
    leaf = t2.leaves()
    t2.forward(leaf)["error"].backward()
    hidden = {leaf[name].grad for name in ("w_i1j1", "w_i2j1", "w_i1j2", "w_i2j2")}
    output = {leaf[name].grad for name in ("w_j1k", "w_j2k")}
    assert (len(hidden), len(output)) == (1, 1)


def gradients_by_hand() -> dict[str, float]:
    v = t3.INPUTS | t3.WEIGHTS
    h1 = logistic(v["w1"] * v["i1"] + v["w2"] * v["i2"])
    h2 = logistic(v["w3"] * v["i1"] + v["w4"] * v["i2"])
    o1 = logistic(v["w5"] * h1 + v["w6"] * h2)
    o2 = logistic(v["w7"] * h1 + v["w8"] * h2)
    d1 = (o1 - v["t1"]) * o1 * (1 - o1)
    d2 = (o2 - v["t2"]) * o2 * (1 - o2)
    e1 = (d1 * v["w5"] + d2 * v["w7"]) * h1 * (1 - h1)
    e2 = (d1 * v["w6"] + d2 * v["w8"]) * h2 * (1 - h2)
    hidden = {"w1": e1 * v["i1"], "w2": e1 * v["i2"], "w3": e2 * v["i1"], "w4": e2 * v["i2"]}
    return hidden | {"w5": d1 * h1, "w6": d1 * h2, "w7": d2 * h1, "w8": d2 * h2}


def logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def test_t3_gradients_by_hand() -> None:
    leaf = t3.leaves(t3.INPUTS | t3.WEIGHTS)
    t3.forward(leaf)["E"].backward()
    engine = {name: leaf[name].grad for name in t3.WEIGHTS}
    assert engine == pytest.approx(gradients_by_hand(), rel=ROUNDING, abs=0)


def test_t3_formulas_give_the_gradients() -> None:
    pytest.importorskip("sympy")
    nodes = t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))
    figures = t3.INPUTS | t3.WEIGHTS | {name: node.data for name, node in nodes.items()}
    found = {name: float(formula.subs(figures)) for name, formula in t3.formulas().items()}
    assert found == pytest.approx(gradients_by_hand(), rel=ROUNDING, abs=0)


def test_t3_formulas_name_every_output_of_a_neuron() -> None:
    sympy = pytest.importorskip("sympy")
    unnamed = {name: f for name, f in t3.formulas().items() if f.has(sympy.exp)}
    assert not unnamed, f"formulas with a sigmoid written out: {unnamed}"


def test_t3_learns_faster_at_each_higher_rate() -> None:
    finals = [t3.errors_of_training(rate)[-1] for rate in t3.RATES]
    assert finals == sorted(finals, reverse=True)


def test_t3_without_sympy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sympy", None)
    t3.main(tmp_path)
    assert "[symbolic]" in capsys.readouterr().out


@pytest.mark.parametrize("is_slipped", [False, True])
def test_t4_update_by_hand(is_slipped: bool) -> None:
    v = t4.INPUTS | t4.WEIGHTS
    h1 = logistic(v["w1"] * v["i1"] + v["w2"] * v["i2"] + v["b1"])
    o1, o2 = (
        logistic(
            v[w] * h1 + v[u] * logistic(v["w3"] * v["i1"] + v["w4"] * v["i2"] + v["b1"]) + v["b2"]
        )
        for w, u in (("w5", "w6"), ("w7", "w8"))
    )
    d1 = (o1 - v["t1"]) * o1 * (1 - o1)
    d2 = (o2 - v["t2"]) * o2 * (1 - o2)
    new_w5, new_w7 = v["w5"] - t4.RATE * d1 * h1, v["w7"] - t4.RATE * d2 * h1
    w5, w7 = (new_w5, new_w7) if is_slipped else (v["w5"], v["w7"])
    new_w1 = v["w1"] - t4.RATE * (d1 * w5 + d2 * w7) * h1 * (1 - h1) * v["i1"]
    leaf = t4.leaves()
    t4.step(leaf, is_slipped)
    engine = {name: leaf[name].data for name in ("w1", "w5", "w7")}
    by_hand = {"w1": new_w1, "w5": new_w5, "w7": new_w7}
    assert engine == pytest.approx(by_hand, rel=ROUNDING, abs=0)


def test_t4_outputs_at_the_end_are_those_of_the_slip() -> None:
    slipped, right = t4.trained(True), t4.trained(False)
    for name in ("out_o1", "out_o2"):
        assert published.verdict(t4.AT_THE_END[name], slipped[name].data) == "right", name
        assert published.verdict(t4.AT_THE_END[name], right[name].data) == "wrong", name


def test_xor_is_learned() -> None:
    model = xor.network("sigmoid")
    losses = xor.train(model, epochs=5000).losses
    assert xor.error(model).data < xor.GOAL, f"after {len(losses)} epochs"
    assert [round(model(x).data) for x in xor.INPUTS] == xor.EXPECTED


def test_xor_is_not_learned_by_a_linear_network() -> None:
    model = xor.network(None)
    losses = xor.train(model, epochs=1000).losses
    # 1/8 is the least that a plane can have, to rounding; the upper bound asks that it
    # has come as close to that as the other network has to come to 0.
    assert min(losses) >= 0.125 * (1 - ROUNDING)
    assert losses[-1] < 0.125 + xor.GOAL


def test_moons_are_told_apart() -> None:
    points, labels = moons.data()
    model, _ = moons.train(points, labels, moons.EPOCHS)
    assert moons.accuracy(model, points, labels) >= 0.97


def test_wired_learns_parity_and_generalizes() -> None:
    model, losses = wired.train()
    assert losses[-1] < wired.GOAL
    assert wired.mistakes(model, wired.LENGTH) == 0
    assert wired.mistakes(model, 8) == 0, "on sequences longer than those it was trained on"


def test_digits_are_told_apart_after_a_few_epochs() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("llvmlite")
    train, validation, test = digits.data()
    assert [len(part.digits) for part in (train, validation, test)] == [1297, 250, 250]
    model, optimizer = digits.network()
    digits.fit(model, optimizer, train, random.Random(2), epochs=4, validation=validation)
    assert digits.accuracy(model, test) > 0.9
    counts = digits.confusion(model, test)
    assert sum(map(sum, counts)) == 250
    right = sum(counts[digit][digit] for digit in range(10))
    assert right / 250 == digits.accuracy(model, test)


def test_digits_are_continued_to_the_bit() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("llvmlite")
    train, _, _ = digits.data()
    assert digits.is_continued_to_the_bit(train, epochs=1)


def test_digits_have_the_losses_of_pytorch() -> None:
    pytest.importorskip("sklearn")
    pytest.importorskip("llvmlite")
    pytest.importorskip("torch")
    train, validation, test = digits.data()
    model, optimizer = digits.network()
    history = digits.fit(model, optimizer, train, random.Random(2), epochs=2)
    torch = digits.in_pytorch(train, validation, test, epochs=2)
    # 80 steps of Adam, each of sums of 64 and 32 products.
    assert history.losses == pytest.approx(torch["losses"], rel=1e-12)


def test_patience_ends_a_training_and_keeps_the_best() -> None:
    patience = digits.Patience(2)
    model = nn.Neuron(1, activation=None)
    history = nn.History()
    answers = []
    for number, loss in enumerate([3.0, 1.0, 2.0, 1.5]):
        model.b.data = float(number)
        history.validation_losses.append(loss)
        answers.append(patience(nn.Training(number + 1, loss, loss, history, model, None)))
    assert answers == [False, False, False, True]
    assert patience.best["b"] == 1.0, "not the parameters of the lowest loss"


def test_digits_without_scikit_learn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn", None)
    assert digits.main(tmp_path) == []
    assert "pip install scikit-learn" in capsys.readouterr().out


PICTURES = {"t1.svg", "t2.svg", "t3.svg", "t4.svg", "wired.svg"}
PICTURES |= {"t1_network.svg", "t3_network.svg", "t4_network.svg", "xor_network.svg"}
PICTURES |= {"wired_network.svg"}
PICTURES |= {f"t2_step_{number}.svg" for number in range(1, 9)}
PICTURES |= {"t3_errors.png", "xor_errors.png", "xor_boundary.png"}
PICTURES |= {"moons_boundary.png", "moons_losses.png", "moons_gradients.png"}
PICTURES |= {"gpt_loss.png", "minimize_chain.png"}
PICTURES |= {"digits_losses.png", "digits_confusion.png"}

# What an example needs besides Matplotlib.
LIBRARIES = {
    "digits": ["sklearn", "numpy", "llvmlite"],
    "gpt": ["numpy", "llvmlite"],
    "minimize": ["scipy"],
}


@pytest.mark.parametrize("name", NAMES)
def test_each_example_runs_and_saves_its_pictures(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digits, "EPOCHS", 2)
    for library in ["matplotlib", *LIBRARIES.get(name, [])]:
        pytest.importorskip(library)
    saved = module(name).main(tmp_path)
    assert {path.name for path in saved} == {p for p in PICTURES if p.startswith(name)}
    assert all(path.stat().st_size > 1000 for path in saved)


def test_without_matplotlib_the_plot_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    run(["t3", "xor"], tmp_path)
    printed = capsys.readouterr().out
    assert "No t3_errors.png: it takes Matplotlib" in printed
    saved = [str(tmp_path / f"{name}.svg") for name in ("t3", "t3_network", "xor_network")]
    assert printed.partition("Pictures:\n")[2].splitlines() == saved


def test_without_a_layout_engine_the_dot_text_is_saved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: object, **__: object) -> None:
        raise graphviz.ExecutableNotFound(["dot"])

    monkeypatch.setattr(graphviz.Digraph, "pipe", unavailable)
    path = saving.save_graph(Value(1.0, label="x") + 1, tmp_path / "sum.svg")
    assert path == tmp_path / "sum.dot"
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text(encoding="utf-8").lstrip().startswith("digraph")
    assert str(path) in capsys.readouterr().out


def from_the_shell(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "examples", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_list_from_the_shell(tmp_path: Path) -> None:
    finished = from_the_shell(tmp_path, "--list")
    assert finished.returncode == 0, finished.stderr
    assert [line.split()[0] for line in finished.stdout.splitlines()] == list(NAMES)
    assert not list(tmp_path.iterdir()), "--list leaves nothing behind"


def test_a_choice_from_the_shell(tmp_path: Path) -> None:
    finished = from_the_shell(tmp_path, "t1", "t2")
    assert finished.returncode == 0, finished.stderr
    listed = finished.stdout.partition("Pictures:\n")[2].splitlines()
    expected = {picture for picture in PICTURES if picture.startswith(("t1", "t2"))}
    assert {Path(path).name for path in listed} == expected
    assert all((tmp_path / path).is_file() for path in listed), listed


def test_an_unknown_example_is_refused(tmp_path: Path) -> None:
    finished = from_the_shell(tmp_path, "t9")
    assert finished.returncode == 2
    assert "there is no example 't9': choose from t1" in finished.stderr
