"""The examples of compiled programs: what they claim is so."""

import doctest
import math
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import autograd
from autograd import Value
from examples import gpt, minimize

# The numbers of the GPT are of order 1 and a few hundred roundings of 1e-16 meet in one
# result; three norms in a row, each of which divides by a root mean square of about 0.1,
# may make them a thousand times larger. A wrong formula differs by more than 1e-3.
ROUNDING = 1e-11


@pytest.fixture
def model() -> gpt.GPT:
    return gpt.GPT(random.Random(0))


def eager(model: gpt.GPT, name: str) -> tuple[float, list[float]]:
    """The loss of a name and its gradient, by `backward` through a graph of Values."""
    for parameter in model.parameters():
        parameter.grad = 0
    loss = model.loss(gpt.tokens_of(name))
    loss.backward()
    return loss.data, [parameter.grad for parameter in model.parameters()]


def test_the_gpt_has_4192_parameters(model: gpt.GPT) -> None:
    embeddings, attention, mlp, output = (27 + 16) * 16, 4 * 16 * 16, 2 * 64 * 16, 27 * 16
    assert len(model.parameters()) == embeddings + attention + mlp + output == 4192


def test_the_examples_in_the_documentation_of_the_gpt() -> None:
    assert doctest.testmod(gpt).failed == 0


@pytest.mark.parametrize("backend", ["python", "native"])
def test_a_program_gives_the_loss_and_gradient_of_the_graph(model: gpt.GPT, backend: str) -> None:
    if backend == "native":
        pytest.importorskip("llvmlite")
    loss, gradient = eager(model, "eva")
    program = autograd.compile(model.loss, parameters=model.parameters(), backend=backend)
    found_loss, found_gradient = program.value_and_grad(gpt.tokens_of("eva"))
    assert found_loss == pytest.approx(loss, rel=0, abs=ROUNDING)
    assert found_gradient == pytest.approx(gradient, rel=0, abs=ROUNDING)


def test_two_names_as_lanes_have_the_mean_of_both(model: gpt.GPT) -> None:
    pytest.importorskip("numpy")
    (eva, eva_gradient), (ian, ian_gradient) = eager(model, "eva"), eager(model, "ian")
    program = autograd.compile(model.loss, parameters=model.parameters())
    loss, gradient = program.value_and_grad(gpt.lanes(["eva", "ian"]))
    mean = [(x + y) / 2 for x, y in zip(eva_gradient, ian_gradient, strict=True)]
    assert loss == pytest.approx((eva + ian) / 2, rel=0, abs=ROUNDING)
    assert gradient == pytest.approx(mean, rel=0, abs=ROUNDING)


def loss_by_matrices(model: gpt.GPT, name: str) -> float:
    """The loss of a name by whole matrices and a mask, instead of number by number."""
    np = pytest.importorskip("numpy")
    w = {
        name: np.array([[x.data for x in row] for row in rows])
        for name, rows in vars(model).items()
    }

    def norm(x: Any) -> Any:
        return x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + 1e-5)

    def shares(x: Any) -> Any:
        return np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)

    tokens = np.array(gpt.tokens_of(name))
    before, after = tokens[:-1], tokens[1:]
    x = norm(w["tokens"][before] + w["positions"][: len(before)])
    query, key, value = (
        (norm(x) @ w[part].T).reshape(-1, 4, 4).swapaxes(0, 1) for part in ("query", "key", "value")
    )
    later = np.triu(np.full((len(before), len(before)), -np.inf), k=1)
    read = shares(query @ key.swapaxes(1, 2) / 2 + later) @ value
    x = x + read.swapaxes(0, 1).reshape(-1, 16) @ w["join"].T
    x = x + np.maximum(norm(x) @ w["expand"].T, 0) @ w["contract"].T
    chances = shares(x @ w["output"].T)[np.arange(len(after)), after]
    return float(-np.log(chances).mean())


def test_the_loss_is_that_of_a_gpt_in_matrices(model: gpt.GPT) -> None:
    loss = model.loss(gpt.tokens_of("eleanor")).data
    assert loss == pytest.approx(loss_by_matrices(model, "eleanor"), rel=0, abs=ROUNDING)


def test_scores_depend_on_earlier_tokens_alone(model: gpt.GPT) -> None:
    eva, ely = (
        [[score.data for score in scores] for scores in model.logits(gpt.tokens_of(name))]
        for name in ("eva", "ely")
    )
    assert eva[:2] == ely[:2], "after the full stop and the e, the same"
    assert eva[2] != ely[2], "after the v and the l"


def test_the_names_are_as_described() -> None:
    names = gpt.load_names()
    assert len(set(names)) == len(names) == 1049
    odd = [name for name in names if not (4 <= len(name) <= 6 and set(name) <= set(gpt.SYMBOLS))]
    assert not odd


def entropy_of_symbols(names: list[str]) -> float:
    """The least mean loss of a model that knows how frequent each symbol is, and no more."""
    counts = Counter("".join(f"{name}." for name in names))
    total = counts.total()
    return -sum(count / total * math.log(count / total) for count in counts.values())


def test_the_loss_falls_on_names_not_seen(model: gpt.GPT) -> None:
    pytest.importorskip("numpy")
    names = gpt.by_length(gpt.load_names())[4]
    unseen, seen = names[:50], names[50:]
    loss = autograd.compile(model.loss, parameters=model.parameters())
    gpt.train(loss, gpt.batches(seen, 1, 150, random.Random(0)), 0.01)
    # Untrained it is about log 27 = 3.3. Below the entropy it knows more than frequencies.
    assert gpt.mean_loss(loss, unseen) < entropy_of_symbols(unseen)


def test_trained_on_one_name_it_writes_that_name(model: gpt.GPT) -> None:
    pytest.importorskip("numpy")
    loss = autograd.compile(model.loss, parameters=model.parameters())
    gpt.train(loss, iter([gpt.lanes(["otto"])] * 200), 0.01)
    # Twenty names are a hundred symbols: at 1e-5 for each, 0.999 that all are as learned.
    assert loss.value_and_grad(gpt.lanes(["otto"]))[0] < 1e-5
    assert gpt.invent(model, 20, 5, random.Random(0)) == ["otto"] * 20


def test_the_mean_loss_counts_each_name_once(model: gpt.GPT) -> None:
    pytest.importorskip("numpy")
    names = ["bo", "eva", "ian"]
    loss = autograd.compile(model.loss, parameters=model.parameters())
    mean = sum(eager(model, name)[0] for name in names) / 3
    assert gpt.mean_loss(loss, names) == pytest.approx(mean, rel=0, abs=ROUNDING)


def test_the_gpt_without_llvmlite(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "llvmlite", None)
    assert gpt.main(tmp_path) == []
    assert "[native]" in capsys.readouterr().out


def test_the_chain_by_hand_is_at_rest() -> None:
    angles = [Value(math.atan(slope)) for slope in minimize.slopes_by_hand()]
    minimize.energy(angles).backward()
    # A derivative is the difference of numbers of up to 24 weights, added up in 24 steps,
    # each with a rounding of 1e-16 of them: 24 * 24 * 1e-16.
    derivatives = [angle.grad for angle in angles]
    assert derivatives == pytest.approx([0] * minimize.RODS, rel=0, abs=1e-13)


def test_scipy_finds_the_chain_by_hand() -> None:
    pytest.importorskip("scipy")
    # By hand the derivative in an angle is force * sin(angle - the angle at rest), and the
    # force along a rod is the pull or more. A thousandth is for what a sine is off its angle,
    # and for the rounding of the derivative, 1e-13.
    off = 1.001 * minimize.LARGEST_DERIVATIVE / minimize.PULL
    by_hand = [math.atan(slope) for slope in minimize.slopes_by_hand()]
    assert minimize.minimum().x.tolist() == pytest.approx(by_hand, rel=0, abs=off)


def test_the_chain_without_scipy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    assert minimize.main(tmp_path) == []
    assert "pip install scipy" in capsys.readouterr().out
