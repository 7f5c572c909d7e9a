"""The page in a browser: what it tells of a value or a line that is selected, and of each step."""

import math

import pytest

pytest.importorskip("selenium")

from pages import chromium, open_page, shown
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from autograd import Value, explain, primitive, relu, sigmoid, tanh
from autograd.explaining import printable
from autograd.graph import topological_order
from autograd.transforms.gradients import gradients
from examples import t1, t2, t3, t4


@pytest.fixture(scope="module")
def driver():
    yield from chromium()


def recurrent():
    """A recurrent network of three steps, whose weights are shared."""
    w, u, b, h = (Value(x, name) for x, name in ((0.5, "w"), (0.8, "wh"), (0.1, "b"), (0.0, "h0")))
    for step, x in enumerate((1.0, 0.5, -1.0), 1):
        h = tanh(w * Value(x, f"x{step}") + u * h + b)
        h.label = f"h{step}"
    return (h - Value(0.5, "t")) ** 2


ERRORS = {
    "t1": lambda: t1.forward(t1.leaves())["error"],
    "t2": lambda: t2.forward(t2.leaves())["error"],
    "t3": lambda: t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"],
    "t4": lambda: t4.forward(t4.leaves())["E"],
    "recurrent": recurrent,
}
every_network = pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)

READ_PANEL = """
const text = (element) => element.textContent.replace(/\\s+/g, " ").trim();
// The last number of each formula: of a side that has no other side below it.
const sides = [...document.querySelectorAll("#about .formula > .right:not(:has(+ span))")];
const results = sides.map((side) => [...side.querySelectorAll("[data-number]")].at(-1));
return {
  hidden: document.getElementById("panel").hidden,
  title: text(document.getElementById("panel-title")),
  results: results.map(text),
  sentences: [...document.querySelectorAll("#about p")].map(text),
};
"""


def panel_of(page, name):
    """The panel of a Value."""
    page.driver.execute_script(
        "state.selected = { value: values.findIndex(({ name }) => name === arguments[0]) }; show()",
        name,
    )
    return page.driver.execute_script(READ_PANEL)


def group_of(page, name):
    """The box of a Value in the picture that is to be seen."""
    return page.driver.execute_script(
        """
        const place = values.findIndex(({ name }) => name === arguments[0]);
        const groups = [...document.querySelectorAll(`[data-value="${place}"]`)];
        return groups.find((group) => group.checkVisibility());
        """,
        name,
    )


# Numbers


@every_network
def test_a_value_tells_its_number_its_partials_and_its_gradient(error, driver, tmp_path):
    error = error()
    error.backward()
    page = open_page(driver, tmp_path, error)
    outline = explain(error, 0.5).outline
    operands = {equation.value: equation.inputs for equation in outline.equations}
    for value, name in outline.names.items():
        seen = panel_of(page, printable(name))
        number, gradient, *partials = seen["results"]
        assert (number, gradient) == (shown(value.data), shown(value.grad)), name
        reads = list(operands.get(value, ()))
        # One that leads to another has a derivative through that one too.
        if sum(x in set(topological_order(y)) for x in reads for y in reads) == len(reads):
            assert partials == [shown(slope) for slope in gradients(value, reads)], name
    assert page.complaints() == []


@every_network
def test_the_shares_of_the_lines_add_up_to_the_gradient(error, driver, tmp_path):
    page = open_page(driver, tmp_path, error())
    sums = page.driver.execute_script("""
      return [...values.keys()].filter((place) => place !== DATA.error).map((place) => [
        readersOf[place].map((edge) => numberAt(`s${edge}`)).reduce((a, b) => a + b, 0),
        gradientOf(place),
      ]);
    """)
    for total, gradient in sums:
        assert total == pytest.approx(gradient, rel=1e-13, abs=0)


def test_a_share_is_that_of_the_line_alone(driver, tmp_path):
    w, x = Value(3.0, "w"), Value(2.0, "x")
    h = w * x
    h.label = "h"
    page = open_page(driver, tmp_path, h * x)
    assert panel_of(page, "h")["results"] == ["6", "2", "2", "3"]
    # E = h x: x is 2, h is 6; through h it is x w = 6 more.
    assert panel_of(page, "x")["results"] == ["2", "12"]
    assert panel_of(page, "E")["results"] == ["12", "1", "2", "6"]


def test_what_is_told_follows_an_edit(driver, tmp_path):
    page = open_page(driver, tmp_path, ERRORS["t1"]())
    page.type_in("w5", "1/3")
    leaf = t1.leaves()
    leaf["w5"].data = 1 / 3
    error = t1.forward(leaf)["error"]
    error.backward()
    assert panel_of(page, "w1")["results"] == [shown(leaf["w1"].data), shown(leaf["w1"].grad)]


# Differences


@every_network
def test_gradients_agree_with_differences_whatever_the_weights(error, driver, tmp_path):
    page = open_page(driver, tmp_path, error())
    wrong = page.driver.execute_script("""
      let seed = 1;
      const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
      const wrong = [];
      for (const size of [0, 0.1, 1, 10, 1000]) {
        for (let round = 0; round < 5; round++) {
          const leaves = GIVEN.map((x) => size ? size * (2 * random() - 1) : x);
          state.epochs = [computed(leaves, DATA.rate)];
          for (const place of values.keys()) {
            const { agrees, slope } = byDifferences(place);
            if (!agrees) wrong.push([size, values[place].name, slope, gradientOf(place)]);
            if (isAtKink(place)) wrong.push([size, values[place].name, "a kink"]);
          }
        }
      }
      return wrong;
    """)
    assert wrong == []


@primitive
def wrong_square(x):
    return x * x, (3 * x,)


DISAGREE = "There is a kink or a jump close by, or the derivative is wrong."


@pytest.mark.parametrize(
    ("function", "number", "verdict"),
    [
        (lambda w: w**2, 1.5, "≈ 3 ✓"),
        (wrong_square, 1.5, f"≈ 3 ✗. {DISAGREE}"),
        (relu, 1e-7, "≈ 1 ✓"),
        (relu, 0.0, f"≈ 0.5 ✗. {DISAGREE}"),
        (lambda w: w.sqrt(), 0.0, "is not finite."),
        (lambda w: sigmoid(w), 40.0, " ✓"),
    ],
    ids=["right", "wrong", "near a kink", "kink", "infinite", "saturated"],
)
def test_a_wrong_derivative_is_told_from_a_right_one(function, number, verdict, driver, tmp_path):
    error = function(Value(number, "w"))
    error.label = "E"
    check = panel_of(open_page(driver, tmp_path, error), "w")["sentences"][1]
    assert check.startswith("Check: with w moved by ±")
    assert check.endswith(verdict)


# Meanings


KINK = "E has a kink or a jump here or close by: it changes otherwise to each side of w."


@pytest.mark.parametrize(
    ("function", "number", "meaning"),
    [
        (lambda w: 3 * w, 2.0, "If w grows by 0.01, E grows by about 0.03."),
        (lambda w: -3 * w, 2.0, "If w grows by 0.01, E falls by about 0.03."),
        (lambda w: 3 * w, 54321.0, "If w grows by 100, E grows by about 300."),
        # So small a change that the curve is straight.
        (lambda w: (500 * w).sin(), 0.0, "If w grows by 0.001, E grows by about 0.5."),
        (lambda w: w**2, 0.0, "If w is moved a little, E stays nearly as it is."),
        (lambda w: (w - 0.3) ** 2, 0.3 + 1e-9, "If w is moved a little, E stays nearly as it is."),
        (lambda w: 0 * w, 2.0, "If w is moved a little, E stays nearly as it is."),
        (lambda w: (1e9 * w).sin(), 0.0, "If w grows by 1e−10, E grows by about 0.1."),
        (relu, 0.0, KINK),
        (abs, 0.0, KINK),
        (lambda w: w.floor(), 2.0, KINK),
        (
            lambda w: w.sqrt(),
            0.0,
            "E grows infinitely fast with w here, however little w is moved.",
        ),
        (lambda w: w * math.nan, 1.0, "There is no derivative of E in w here."),
    ],
)
def test_a_gradient_is_told_as_what_a_small_change_does(
    function, number, meaning, driver, tmp_path
):
    error = function(Value(number, "w"))
    error.label = "E"
    page = open_page(driver, tmp_path, error)
    assert panel_of(page, "w")["sentences"][0].startswith(meaning)


def test_each_step_has_a_sentence_with_its_meaning(driver, tmp_path):
    w, v, x = Value(0.5, "w"), Value(-4.0, "v"), Value(2.0, "x")
    h = w * x + v
    h.label = "h"
    page = open_page(driver, tmp_path, h**2, of=[w, v])
    notes = []
    for _ in range(7):
        page.press(Keys.ARROW_RIGHT)
        notes.append(page.read()["note"])
    # h is −3, and E is 9: its gradient in h is −6, in w −12, in v −6.
    endings = [
        "It answers most to w. If w grows by 0.01, h grows by about 0.02.",
        "If h grows by 0.01, E falls by about 0.06.",
        "If h grows by 0.01, E falls by about 0.06.",
        "If w grows by 0.01, E falls by about 0.12.",
        "If v grows by 0.01, E falls by about 0.06.",
        "∂E/∂w is negative, so E falls when w goes up, if the step is not too large.",
        "∂E/∂v is negative, so E falls when v goes up, if the step is not too large.",
    ]
    for note, ending in zip(notes, endings, strict=True):
        assert note.endswith(ending)


# Marks


def test_flat_places_are_marked_once_their_numbers_are_known(driver, tmp_path):
    x = Value(2.0, "x")
    functions = {"a": sigmoid, "b": tanh, "c": relu, "d": sigmoid, "e": tanh, "f": relu}
    numbers = {"a": 9.0, "b": -4.0, "c": -1.5, "d": 1.0, "e": 0.5, "f": 1.0}
    total = Value(0.0)
    for name, function in functions.items():
        y = function(Value(numbers[name], f"w_{name}") * x)
        y.label = name
        total = total + y
    page = open_page(driver, tmp_path, total**2)
    marks = """
      const names = [...document.querySelectorAll(".picture.wide [data-value]")];
      return Object.fromEntries(names.map((group) => [
        values[group.dataset.value].name, group.querySelector(".mark").textContent,
      ]).filter(([, mark]) => mark));
    """
    assert driver.execute_script(marks) == {}
    page.press(Keys.END)
    assert driver.execute_script(marks) == {"a": "flat", "b": "flat", "c": "off"}
    assert driver.find_element(By.ID, "legend").text == (
        "flat: hardly any gradient gets through · off: no gradient gets through"
    )
    assert (
        group_of(page, "a")
        .get_attribute("aria-label")
        .endswith("σ is near 0 or 1, so hardly any gradient gets through")
    )
    assert panel_of(page, "c")["sentences"][0] == "Here relu is 0, so no gradient gets through."


# Selecting


@pytest.fixture
def page(driver, tmp_path):
    return open_page(driver, tmp_path, ERRORS["t1"]())


def read(page):
    return page.driver.execute_script(READ_PANEL)


def test_a_click_on_a_value_selects_it_and_leaves_the_step(page):
    page.press(Keys.ARROW_RIGHT)
    group_of(page, "h1").click()
    seen = read(page)
    assert (seen["hidden"], seen["title"]) == (False, "h1")
    assert group_of(page, "h1").get_attribute("aria-pressed") == "true"
    assert page.read()["title"] == "Compute h1"
    assert page.read()["live"].startswith("h1 If h1 grows by 0.01, error falls by about ")
    page.press(Keys.ARROW_RIGHT)
    assert read(page)["title"] == "h1", "a step leaves what is selected"
    page.click("close")
    assert read(page)["hidden"]


def test_a_click_on_a_line_shows_its_chain_rule(page):
    page.driver.execute_script("""
      const [line] = [...document.querySelectorAll(".picture.wide [data-segment]")].filter(
        ({ dataset }) => values[dataset.tail].name === "w5" && values[dataset.head].leaf === null);
      const middle = line.getPointAtLength(line.getTotalLength() / 2);
      const { x, y } = middle.matrixTransform(line.getScreenCTM());
      // A little beside it, as people hit.
      document.elementFromPoint(x, y + 3).dispatchEvent(new Event("click", { bubbles: true }));
    """)
    # The line is that of w5 and of what it multiplies, h1. The gradient of prediction is −0.837.
    seen = read(page)
    assert seen["title"] == "Chain rule"
    assert seen["results"] == ["0.1", "−0.8369", "−0.08369", "0.89", "−0.8369", "−0.7448"]
    assert seen["sentences"] == ["This is the gradient of h1.", "This is the gradient of w5."]
    assert len(page.driver.find_elements(By.CSS_SELECTOR, ".picture.wide .selected")) == 1


def test_the_keyboard_selects_and_closes(page):
    group = group_of(page, "w1")
    for key in (Keys.ENTER, " "):
        page.driver.execute_script("arguments[0].focus()", group)
        outline = "return getComputedStyle(arguments[0]).outlineStyle"
        page.driver.switch_to.active_element.send_keys(key)
        assert page.driver.execute_script(outline, group) == "solid", "the focus is to be seen"
        assert read(page)["title"] == "w1"
        assert page.driver.find_element(By.ID, "play").text == "Play"
        page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        assert read(page)["hidden"]
        assert page.driver.switch_to.active_element == group


def test_lines_and_steps_are_reached_from_the_panel(page):
    group_of(page, "h1").click()
    links = page.driver.find_elements(By.CSS_SELECTOR, "#about button")
    lines = ["w1 → h1", "i1 → h1", "w2 → h1", "i2 → h1"]
    names = [link.get_attribute("aria-label") or link.text for link in links]
    assert names == ["step 1", "step 10", *lines]
    links[1].click()
    assert page.read()["title"] == "Gradient of h1"
    assert page.driver.switch_to.active_element.text == "h1"
    page.driver.find_elements(By.CSS_SELECTOR, "#about button")[4].click()
    seen = read(page)
    assert seen["title"] == "Chain rule"
    assert seen["results"] == [shown(3), shown(-0.08369), shown(-0.251067)]
