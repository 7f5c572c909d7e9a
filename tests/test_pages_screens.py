"""The page in a browser, on every screen: what can be read, and by whom."""

import importlib.util
import random
from pathlib import Path

import pytest

pytest.importorskip("selenium")

from pages import SIZES, chromium, open_page, prefer, resize
from selenium.webdriver.common.keys import Keys

import nn
from autograd import Value, dot
from examples import t1, t2, t3, t4


@pytest.fixture(scope="module")
def driver():
    yield from chromium()


@pytest.fixture(params=SIZES)
def size(request, driver):
    resize(driver, request.param)
    yield request.param
    resize(driver, "desktop")


@pytest.fixture(params=["light", "dark"])
def scheme(request, driver):
    prefer(driver, request.param)
    yield request.param
    prefer(driver, "light")


def module():
    """A network whose parameters have long names."""
    model = nn.MLP(2, [4, 1], activation="tanh", rng=random.Random(0))
    for name, parameter in model.named_parameters():
        parameter.label = name
    error = (model([Value(1.0, label="x1"), Value(2.0, label="x2")]) - 1) ** 2
    error.label = "error of the output, as a square"
    return error


ERRORS = {
    "t1": lambda: t1.forward(t1.leaves())["error"],
    "t2": lambda: t2.forward(t2.leaves())["error"],
    "t3": lambda: t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"],
    "module": module,
}
every_network = pytest.mark.parametrize("error", ERRORS.values(), ids=ERRORS)


@every_network
def test_nothing_is_wider_than_the_screen(size, driver, tmp_path, error):
    page = open_page(driver, tmp_path, error())
    page.press(Keys.END)
    width, room = driver.execute_script(
        "return [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width <= room <= SIZES[size][0]


@every_network
def test_the_words_of_every_step_are_whole_and_above_the_controls(size, driver, tmp_path, error):
    open_page(driver, tmp_path, error())
    wrong = driver.execute_script("""
      const isCut = (x) => x.scrollWidth > x.clientWidth;
      const top = () => document.querySelector(".controls").getBoundingClientRect().top;
      const bottom = () => byId("note").getBoundingClientRect().bottom;
      const isStacked = matchMedia("(max-width: 60rem)").matches;
      return [...steps.keys()].flatMap((_, step) => {
        go(step + 1);
        const found = [...byId("phases").children].filter(isCut).map((x) => x.textContent);
        if (isStacked && bottom() > top()) found.push(byId("note").textContent);
        const { scrollHeight, clientHeight } = byId("formula");
        if (scrollHeight > clientHeight) found.push(`the formula of step ${step + 1}`);
        return found;
      });
    """)
    assert wrong == []


# Each is as wide as numbers get: in large letters, and, of more characters, in small ones.
@pytest.mark.parametrize(("digits", "number"), [(4, "-1.235e-5"), (6, "-0.000123456")])
@every_network
def test_every_text_of_the_picture_stays_in_its_box_and_apart(
    size, driver, tmp_path, error, digits, number
):
    page = open_page(driver, tmp_path, error(), digits=digits)
    for name in ("w1", "w_i1j1"):
        if name in page.read()["table"]:
            page.type_in(name, number)
    # All numbers are known, and that one is not yet updated.
    driver.execute_script("go(steps.findIndex(({ kind }) => kind === 'update'))")
    wrong = driver.execute_script("""
      const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.bottom <= b.bottom + 1;
      const meets = (a, b) => a.left < b.right && b.left < a.right && a.bottom - 4 > b.top
        && b.bottom - 4 > a.top;
      const picture = [...document.querySelectorAll(".picture")].find((p) => p.checkVisibility());
      return [...picture.querySelectorAll(".value")].flatMap((group) => {
        const box = group.querySelector("rect").getBoundingClientRect();
        const texts = [...group.querySelectorAll("text")].filter((x) => x.textContent);
        const places = texts.map((x) => x.getBoundingClientRect());
        return texts.filter((_, i) => !inside(places[i], box)
          || places.some((other, j) => j < i && meets(other, places[i])))
          .map((x) => group.textContent + ": " + x.textContent);
      });
    """)
    assert wrong == []


def test_the_picture_the_step_the_numbers_and_the_controls_are_in_sight_at_once(driver, tmp_path):
    metrics = {"width": 1280, "height": 720, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for error in (*ERRORS.values(), lambda: t4.forward(t4.leaves())["E"]):
        page = open_page(driver, tmp_path, error())
        page.press(*[Keys.ARROW_RIGHT] * 12)
        out_of_sight = driver.execute_script("""
          const parts = ["#stage", "#title", "#formula .result", "#note", "tr.current", "#next",
            "#epochs"];
          return parts.filter((part) => {
            const element = document.querySelector(part);
            const { left, top, right, bottom } = element.getBoundingClientRect();
            const isInside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
            return !element.checkVisibility() || !isInside;
          });
        """)
        assert out_of_sight == []
    resize(driver, "desktop")


def long_sum():
    """A neuron of 12 inputs, and a mean: sums longer than a screen is wide."""
    ws = [Value(0.1 * i, label=f"w{i}") for i in range(1, 9)]
    errors = []
    for row in (1, 2, 3):
        y = dot(ws, [Value(0.1 * row + i, label=f"x{row}_{i}") for i in range(1, 9)])
        y.label = f"y{row}"
        errors.append((y - row) ** 2)
    return (errors[0] + errors[1] + errors[2]) / 3


@pytest.mark.parametrize(
    "error", [*list(ERRORS.values())[:3], long_sum], ids=["t1", "t2", "t3", "sum"]
)
def test_no_formula_is_cut_off(size, driver, tmp_path, error):
    open_page(driver, tmp_path, error())
    cut = driver.execute_script("""
      const isCut = (grid) => grid.scrollWidth > grid.clientWidth;
      const found = [];
      for (const step of steps.keys()) {
        go(step + 1);
        if (isCut(byId("formula"))) found.push(byId("title").textContent);
      }
      for (const value of values.keys()) {
        state.selected = { value };
        show();
        const grids = [...document.querySelectorAll("#about .formula")];
        if (grids.some(isCut)) found.push(values[value].name);
      }
      return found;
    """)
    assert cut == []


@pytest.mark.parametrize("where", ["start", "forward", "backward", "update"])
def test_no_rule_of_accessibility_is_broken(size, scheme, driver, tmp_path, where):
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None:
        pytest.skip("needs axe-core: pip install --no-deps axe-playwright-python")
    page = open_page(driver, tmp_path, ERRORS["t1"]())
    page.press(*[Keys.ARROW_RIGHT] * {"start": 0, "forward": 3, "backward": 8, "update": 20}[where])
    # With the panel: of a value, and of a line.
    selected = {"backward": "{ value: 3 }", "update": "{ segment: 1 }"}.get(where, "null")
    driver.execute_script(f"state.selected = {selected}; show()")
    driver.execute_script((Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    report = driver.execute_async_script("axe.run().then(arguments[0])")
    assert report["passes"], "axe has checked nothing"
    wrong = [(v["id"], [n["html"] for n in v["nodes"]]) for v in report["violations"]]
    assert wrong == []


def test_the_current_value_of_a_large_picture_is_in_the_frame_and_can_be_read(
    size, driver, tmp_path
):
    model = nn.MLP(2, [6, 4, 1], activation="tanh", rng=random.Random(0))
    error = (model([1.0, 2.0]) - 1) ** 2
    open_page(driver, tmp_path, error, of=model.parameters())
    for step in range(1, driver.execute_script("return steps.length"), 10):
        driver.execute_script("go(arguments[0])", step)
        inside, height = driver.execute_script("""
          const frame = document.getElementById("stage").getBoundingClientRect();
          const boxes = [...document.querySelectorAll(".value.current")];
          const box = boxes.find((x) => x.checkVisibility());
          const place = box.querySelector("rect").getBoundingClientRect();
          const text = box.querySelector(".name").getBoundingClientRect();
          return [place.left >= frame.left - 1 && place.right <= frame.right + 1
            && place.top >= frame.top - 1 && place.bottom <= frame.bottom + 1, text.height];
        """)
        assert inside, f"the value of step {step} is out of the frame"
        assert height >= 9, "the least height of a line that can be read, in pixels"


# A formula of very long names is made smaller rather than cut off.
@pytest.mark.parametrize("error", list(ERRORS.values())[:3], ids=list(ERRORS)[:3])
def test_every_text_can_be_read_on_a_phone(driver, tmp_path, error):
    resize(driver, "phone")
    page = open_page(driver, tmp_path, error())
    page.press(*[Keys.ARROW_RIGHT] * 8)
    small = driver.execute_script("""
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const small = [];
      while (texts.nextNode()) {
        const { textContent, parentElement: element } = texts.currentNode;
        if (!textContent.trim() || !element.checkVisibility()) continue;
        const scale = element.getScreenCTM?.().a ?? 1;
        const size = parseFloat(getComputedStyle(element).fontSize) * scale;
        if (size < 10) small.push([textContent, size]);
      }
      return small;
    """)
    resize(driver, "desktop")
    assert small == []


def test_a_dark_page_is_printed_in_the_colors_of_a_light_one(driver, tmp_path):
    prefer(driver, "dark")
    open_page(driver, tmp_path, ERRORS["t1"]())
    read = """
      const paper = getComputedStyle(document.body).backgroundColor;
      const box = getComputedStyle(document.querySelector(".picture .value rect")).fill;
      return [paper, box].map((color) => Math.min(...color.match(/[0-9.]+/g).map(Number)));
    """
    dark = driver.execute_script(read)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    printed = driver.execute_script(read)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    prefer(driver, "light")
    # From 0 for black to 255 for white.
    assert max(dark) < 60, "the page was not dark"
    assert min(printed) > 240, "paper would be black"
