"""The page in a browser: every number at every step is the engine's, also after an edit."""

import pytest

pytest.importorskip("selenium")

from pages import chromium, magnitudes, open_page, shown
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import nn
from autograd import Value, explain
from autograd.explaining import Number, Step, printable, text
from autograd.graph import topological_order
from autograd.transforms.gradients import gradients
from examples import t1, t2, t3

RATE = 0.5
KINDS = {"data": ("forward", "error"), "gradient": ("backward",), "updated": ("update",)}


@pytest.fixture(scope="module")
def driver():
    yield from chromium()


class Network:
    """One of the networks of the examples, with some of its leaves edited, after backward."""

    def __init__(self, leaf, forward, error, weights, edited=()):
        self.leaf = leaf
        for label, number in dict(edited).items():
            leaf[label].data = number
        nodes = forward(leaf)
        self.error = nodes[error]
        self.error.backward()
        self.weights = [leaf[name] for name in weights]
        values = (leaf | nodes).values()
        self.values = {printable(value.label): value for value in values}

    def steps(self):
        steps = explain(self.error, RATE, of=self.weights).steps
        kinds = sum(KINDS.values(), ())
        return [step for step in steps if isinstance(step, Step) and step.kind in kinds]

    def number_at(self, place, names):
        """The number at a place of the page, by the engine."""
        if place == "rate":
            return RATE
        value = self.values[names[int(place[1:])]]
        return {"d": value.data, "g": value.grad, "u": value.data - RATE * value.grad}[place[0]]


def linear(**edited):
    return Network(t1.leaves(), t1.forward, "error", t1.WEIGHTS, edited)


def one_output(**edited):
    leaf = t2.leaves()
    weights = [name for name in leaf if name.startswith("w")]
    return Network(leaf, t2.forward, "error", weights, edited)


def two_outputs(**edited):
    leaf = t3.leaves(t3.INPUTS | t3.WEIGHTS)
    return Network(leaf, t3.forward, "E", t3.WEIGHTS, edited)


every_network = pytest.mark.parametrize("network", [linear, one_output, two_outputs])


def check_numbers(page, names, network, past):
    """Every number that is shown after some steps."""
    step = past[-1]
    seen = page.read()
    known = {kind: {printable(s.name) for s in past if s.kind in KINDS[kind]} for kind in KINDS}
    known["data"] |= {name for name, value in network.values.items() if not value.parents}
    if known["gradient"]:
        # The derivative of the error in itself, 1, is where the backward pass begins.
        known["gradient"].add(printable(network.error.label))
    for name, value in network.values.items():
        data = shown(value.data) if name in known["data"] else ""
        gradient = shown(value.grad) if name in known["gradient"] else ""
        updated = shown(value.data - RATE * value.grad) if name in known["updated"] else ""
        row, box = seen["table"][name], seen["picture"][name]
        assert row["data"].replace("-", "−") == data, f"{name} in the table"
        assert (row["gradient"], row["updated"]) == (gradient, updated), f"{name} in the table"
        assert box["data"] == (updated or data), f"{name} in the picture"
        assert box["gradient"] == (gradient and f"∂ {gradient}"), f"{name} in the picture"
        assert box["current"] == (value.label == step.name), f"the mark of {name}"
    for place, written in seen["numbers"]:
        expected = shown(network.number_at(place, names))
        assert written == expected, f"{place} in {seen['sides']}"
    assert seen["sides"][-1] == shown(step.result), f"the result of {seen['title']}"
    assert seen["live"].endswith(shown(step.result)), "what a screen reader says"
    names_alone = [text(part, 4) for part in (step.chain, step.formula) if part]
    if not isinstance(step.numbers, Number) and text(step.numbers, 4) not in names_alone:
        # On the page nothing says that a number was rounded, and no zeros are added to it.
        expected = list(map(without_zeros, magnitudes(text(step.numbers, 4))))
        assert seen["magnitudes"][-2] == expected, f"the numbers of {seen['title']}"


def without_zeros(number):
    mantissa, e, exponent = number.partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + e + exponent


@every_network
def test_every_number_at_every_step_forward_and_back(network, driver, tmp_path):
    network = network()
    page = open_page(driver, tmp_path, network.error, RATE)
    names, steps = page.node_names(), network.steps()
    counts = [*range(1, len(steps) + 1), *range(len(steps) - 1, 0, -1)]
    for before, count in zip([0, *counts], counts, strict=False):
        page.press(Keys.ARROW_RIGHT if count > before else Keys.ARROW_LEFT)
        check_numbers(page, names, network, steps[:count])
    assert page.complaints() == []


def test_what_is_rounded_is_not_said_to_be_equal(driver, tmp_path):
    w, x = Value(0.5, label="w"), Value(3.0, label="x")
    y, exact = (w * x).sigmoid(), w * x + 1
    y.label, exact.label = "y", "z"
    page = open_page(driver, tmp_path, y * 2 * exact)
    found = []
    for _ in range(6):
        page.press(Keys.ARROW_RIGHT)
        signs = driver.find_elements(By.CSS_SELECTOR, "#formula > :nth-child(3n + 2)")
        found.append("".join(sign.text for sign in signs))
    # y, z and E, and then the gradients of y, which is 2 z, of z and of w.
    assert found[:3] == ["==≈", "===", "=≈≈"]
    assert found[3:] == ["===", "=≈≈", "==≈≈"]


EDITS = [
    (linear, {"w1": -1.5}),
    (linear, {"i2": 0.0, "target": -40.25}),
    (one_output, {"w_i1j1": 2.0, "w_j2k": -3.0}),
    (two_outputs, {"w8": 1e-7, "i1": 12345678.0}),
]


@pytest.mark.parametrize(("network", "edited"), EDITS)
def test_an_edited_leaf_changes_every_number(network, edited, driver, tmp_path):
    page = open_page(driver, tmp_path, network().error, RATE)
    for name, number in edited.items():
        page.type_in(name, str(number))
    network = network(**edited)
    names, steps = page.node_names(), network.steps()
    for count in range(1, len(steps) + 1):
        page.press(Keys.ARROW_RIGHT)
        check_numbers(page, names, network, steps[:count])
    assert page.complaints() == []


FORWARD = {linear: (t1.forward, "error"), one_output: (t2.forward, "error")}
FORWARD[two_outputs] = (t3.forward, "E")


def trained(network, epochs):
    """The weights before each epoch, and the error in it, by nn.SGD."""
    forward, error = FORWARD[network]
    network = network()
    optimizer = nn.SGD(network.weights, learning_rate=RATE)
    for _ in range(epochs):
        optimizer.zero_grad()
        total = forward(network.leaf)[error]
        total.backward()
        yield {weight.label: weight.data for weight in network.weights}, total.data
        optimizer.step()


@every_network
def test_epochs_are_those_of_gradient_descent(network, driver, tmp_path):
    page = open_page(driver, tmp_path, network().error, RATE)
    for epoch, (weights, error) in enumerate(trained(network, epochs=14)):
        if epoch in (1, 2):
            page.click("epoch")
        if epoch == 12:
            page.click("epochs")
        if epoch == 13:
            page.press(Keys.END, Keys.ARROW_RIGHT)
        if epoch in (0, 1, 2, 12, 13):
            seen = page.read()
            assert seen["where"].startswith(f"Epoch {epoch + 1} ")
            for name, number in weights.items():
                written = seen["table"][name]["data"].replace("-", "−")
                assert written == shown(number), f"{name} in epoch {epoch + 1}"
            page.press(Keys.END)
            found = page.read()["table"][printable(network().error.label)]["data"]
            assert found == shown(error), f"the error in epoch {epoch + 1}"
            assert shown(error) in page.read()["history"]
    assert page.complaints() == []


def test_after_ten_epochs_every_number_of_the_epoch_is_there(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, 0.01)
    page.click("epochs")
    seen = page.read()
    page.press(Keys.END)
    known = page.read()
    assert seen["table"] == known["table"]
    assert all(row["data"] for row in seen["table"].values())
    weights = {name: row["data"] for name, row in seen["table"].items() if row["updated"]}
    assert len(weights) == len(t1.WEIGHTS)
    for name, number in weights.items():
        assert seen["picture"][name]["data"].replace("−", "-") == number, "not updated yet"
    grey = "return document.querySelectorAll('.picture.wide .ahead').length"
    assert driver.execute_script(grey) == 0
    page.press(Keys.HOME)
    assert driver.execute_script(grey) > 0


def test_the_learning_rate_can_be_changed(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, RATE)
    page.type_into(driver.find_element(By.ID, "rate"), "0.01")
    page.press(Keys.END)
    w1 = linear().values["w1"]
    assert page.read()["table"]["w1"]["updated"] == shown(w1.data - 0.01 * w1.grad)


def test_an_edit_takes_back_the_epochs_after_it(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, RATE)
    page.click("epoch")
    page.press(Keys.HOME, Keys.ARROW_LEFT)
    assert page.read()["where"].startswith("Epoch 1 ")
    page.type_in("w1", "1")
    page.click("epoch")
    edited = linear(w1=1.0).values["w1"]
    found = page.read()["table"]["w1"]["data"].replace("-", "−")
    assert found == shown(edited.data - RATE * edited.grad)


def test_an_edit_is_not_told_as_an_update(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, RATE)
    (_, given), (weights, updated) = trained(linear, epochs=2)
    edited = linear(**weights | {"w1": 1.5}).error.data
    first = f"error goes from {shown(given)} to {shown(updated)}."
    second = f"error goes from {shown(updated)} to {shown(edited)}."
    page.click("epoch")
    assert page.read()["note"] == f"The update has moved them: {first}"
    page.type_in("w1", "7")
    page.type_in("w1", "1.5")
    told = f"The update has moved them: {first} Then numbers were changed by hand: {second}"
    assert page.read()["note"] == told
    page.type_into(driver.find_element(By.ID, "rate"), "0.01")
    assert page.read()["note"] == told, "the learning rate is none of the network's numbers"


def test_an_error_that_grows_is_told_to_come_of_too_large_a_step(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, 5.0)
    page.click("epoch")
    assert page.read()["note"].endswith("The step was too large: try a smaller η.")
    page.click("epochs")
    assert "The step was too large: try a smaller η." in page.read()["note"], "the error is nan"


def test_another_learning_rate_leaves_the_epochs_before_it_alone(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, RATE)
    page.press(Keys.END)
    before = page.read()
    page.click("epoch")
    page.type_into(driver.find_element(By.ID, "rate"), "0.01")
    page.press(Keys.ARROW_LEFT)
    assert page.read()["table"] == before["table"], "the update that made the weights of epoch 2"


def test_start_again_restores_what_was_given(driver, tmp_path):
    page = open_page(driver, tmp_path, linear().error, RATE)
    before = page.read()
    page.type_in("w1", "1")
    page.type_into(driver.find_element(By.ID, "rate"), "2")
    page.click("epochs")
    page.click("reset")
    assert page.read() == before


def kinked(w):
    """A network whose formulas depend on the sign of w: the error, and w."""
    w, x, v = Value(w, label="w"), Value(2.0, label="x"), Value(0.5, label="v")
    h = (w * x).relu()
    h.label = "h"
    error = (h * v - 1) ** 2 + w
    error.label = "E"
    error.backward()
    return error, w


def product_of(network):
    """The gradient of h and the derivative of h in w, of which the gradient of w is a product."""
    error, w = network
    (h,) = [node for node in topological_order(error) if node.label == "h"]
    return [shown(abs(number)) for number in (h.grad, *gradients(h, [w]))]


@pytest.mark.parametrize("start", [-1.0, 1.0])
def test_a_formula_gives_way_where_its_condition_no_longer_holds(start, driver, tmp_path):
    page = open_page(driver, tmp_path, kinked(start)[0], RATE, of=["w", "v"])
    page.type_in("w", str(-start))
    expected = kinked(-start)[1].grad
    page.press(Keys.HOME)
    # h, E, and the gradients of v and h come before that of w.
    page.press(*[Keys.ARROW_RIGHT] * 5)
    seen = page.read()
    assert seen["title"] == "Gradient of w"
    assert seen["sides"][-1] == shown(expected)
    assert "no longer holds" in seen["note"]
    # For each way from w: the gradient that comes back, times the partial derivative.
    assert seen["magnitudes"][-2] == [*product_of(kinked(-start)), "1", "1"]
    page.type_in("w", str(start))
    assert "no longer holds" not in page.read()["note"]
