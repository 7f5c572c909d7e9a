"""The page in a browser: keys, buttons and fields, roundings, any label, and no network."""

import math
import random
import re

import pytest

pytest.importorskip("selenium")

from pages import chromium, open_page, prefer, shown
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from autograd import Value
from autograd.explaining import printable
from examples import t1

LABELS = (
    *("</script><script>document.title = 'taken'</script>", "<!--data-->", '"', "'", "&amp;"),
    *("<b>w</b>", "\\", "\\u0041", "a\nb", "\ud800", "\x00", "w;1", "💡", "文", "ω_1", "50 % of b"),
    *("]]>", "${x}", "`", "<math>", "a_b_c", "x'", " ", "constructor", "__proto__"),
)


@pytest.fixture(scope="module")
def driver():
    yield from chromium()


@pytest.fixture(params=["light", "dark"])
def scheme(request, driver):
    prefer(driver, request.param)
    yield request.param
    prefer(driver, "light")


@pytest.fixture
def page(driver, tmp_path):
    return open_page(driver, tmp_path, t1.forward(t1.leaves())["error"])


def step_of(page):
    return page.driver.execute_script("return [state.epoch, state.step, steps.length]")


# Keys and buttons


def test_keys_move_through_the_steps(page):
    _, _, last = step_of(page)
    for key, expected in (
        (Keys.ARROW_RIGHT, 1),
        (Keys.ARROW_RIGHT, 2),
        (Keys.ARROW_LEFT, 1),
        (Keys.END, last),
        (Keys.HOME, 0),
        (Keys.ARROW_LEFT, 0),
    ):
        page.press(key)
        assert step_of(page) == [0, expected, last]


def test_the_last_step_leads_into_the_next_epoch_and_back(page):
    _, _, last = step_of(page)
    page.press(Keys.END, Keys.ARROW_RIGHT)
    assert step_of(page) == [1, 0, last]
    page.press(Keys.ARROW_LEFT)
    assert step_of(page) == [0, last, last]


def test_buttons_and_slider_move_through_the_steps(page):
    page.click("next")
    page.click("next")
    page.click("previous")
    assert step_of(page)[1] == 1
    slider = page.driver.find_element(By.ID, "slider")
    slider.send_keys(Keys.ARROW_RIGHT)
    assert step_of(page)[1] == 2, "a key on the slider is one step"
    page.driver.execute_script(
        "arguments[0].value = 7; arguments[0].dispatchEvent(new Event('input'))", slider
    )
    assert step_of(page)[1] == 7


def test_space_plays_and_pauses(page):
    play = page.driver.find_element(By.ID, "play")
    page.driver.execute_script("window.setInterval = (step) => (window.tick = step, 1)")
    page.press(" ")
    assert play.text == "Pause"
    page.driver.execute_script("tick()")
    assert step_of(page)[1] == 1
    page.press(" ")
    assert play.text == "Play"
    play.send_keys(" ")
    assert play.text == "Pause", "space on the button presses it once"


def test_keys_in_a_field_are_for_the_field(page):
    field = page.driver.find_element(By.CSS_SELECTOR, '[aria-label="value of w1"]')
    field.send_keys(Keys.ARROW_LEFT, Keys.HOME, Keys.END, Keys.ARROW_RIGHT, " ")
    assert step_of(page)[:2] == [0, 0]


REFUSED = {
    **dict.fromkeys(("", "abc", "1..2", "--1", "0x10", "1 2", "1/2/3", "1/", "½"), "is no number"),
    **dict.fromkeys(("1/0", "-1/0.0", "0/0"), "divides by 0"),
    **dict.fromkeys(("1e999", "1e300/1e-300"), "is too large"),
    "1,250": "may have a decimal comma or thousands. Write 1.250 or 1250.",
}


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_number_is_refused(page, written):
    before = page.read()
    page.type_in("w1", written or Keys.BACKSPACE)
    field = page.driver.find_element(By.CSS_SELECTOR, '[aria-label="value of w1"]')
    assert field.get_attribute("aria-invalid") == "true"
    complaint = page.driver.find_element(By.ID, "complaint").text
    assert complaint.startswith(f"“{written}” {REFUSED[written]}")
    page.press(Keys.ARROW_RIGHT, Keys.HOME)
    assert field.get_attribute("aria-invalid") is None
    assert page.read() == before


MINUS_HALF = ("-0.5", "−0.5", "-0,5", "-.5", "-5e-1", " -0.5 ", "-1/2", "−1 / 2", "-50%", "-50 %")


def test_numbers_are_read_as_people_write_them(page):
    for written in MINUS_HALF:
        page.type_in("w1", "7")
        page.type_in("w1", written)
        assert page.read()["table"]["w1"]["data"] == "-0.5", written
    found = page.driver.execute_script("return numberFrom('2/7').x")
    assert found == 2 / 7, "to the last digit"


def test_the_switch_changes_the_theme(page, scheme):
    theme = "return document.documentElement.dataset.theme"
    page.driver.refresh()
    assert page.driver.execute_script(theme) == scheme
    page.click("theme")
    assert page.driver.execute_script(theme) == ("light" if scheme == "dark" else "dark")


# What is shown


def test_numbers_are_rounded_as_python_rounds_them(page):
    rng = random.Random(0)
    numbers = [rng.uniform(-1, 1) * 10 ** rng.uniform(-12, 12) for _ in range(2000)]
    # Ties: k + 1/2 in the last digit, exact in binary.
    numbers += [(1000 + k + 0.5) * 2.0**e * 5.0**e for k in range(50) for e in range(6)]
    numbers += [k / 16 + 1 for k in range(16)] + [0.0, -0.0, 9999.5, 99995.0, 1e-4, 9.9995e-5]
    numbers += [5e-324, 1.7976931348623157e308, 1e22, -1e21]
    found = page.driver.execute_script("return arguments[0].map(numberText)", numbers)
    for number, text in zip(numbers, found, strict=True):
        assert text == shown(number), repr(number)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_what_is_not_finite_is_shown_as_such(driver, tmp_path, number):
    w = Value(number, label="w")
    error = (w * 2) ** 2
    error.label = "E"
    error.backward()
    page = open_page(driver, tmp_path, error)
    page.press(Keys.END)
    row = page.read()["table"]
    select_everything(driver)
    assert row["w"]["data"].replace("-", "−") == shown(number)
    assert (row["E"]["data"], row["w"]["gradient"]) == (shown(error.data), shown(w.grad))
    assert page.complaints() == []


def test_the_marked_lines_are_those_of_the_step(page):
    names = page.driver.execute_script("return values.map(({ name }) => name)")
    ends = {}
    for path in page.driver.find_elements(By.CSS_SELECTOR, ".picture.wide .line"):
        ends[int(path.get_attribute("data-segment"))] = tuple(
            names[int(path.get_attribute(f"data-{end}"))] for end in ("tail", "head")
        )
    marked = {}
    for _ in range(step_of(page)[2]):
        page.press(Keys.ARROW_RIGHT)
        seen = page.read()
        marked[seen["title"]] = {ends[segment] for segment in seen["active"]}
    assert marked["Compute h1"] == {("i1", "w1"), ("w1", "h1"), ("i2", "w2"), ("w2", "h1")}
    assert marked["Gradient of w5"] == {("w5", "prediction")}
    assert marked["Gradient of h1"] == {("h1", "w5"), ("w5", "prediction")}
    assert marked["Gradient of prediction"] == {("prediction", "prediction − target")}
    assert marked["Update w5"] == set()


def select_everything(driver):
    driver.execute_script("""
      for (const value of values.keys()) select({ value });
      for (const { dataset } of document.querySelectorAll("[data-segment]")) {
        select({ segment: Number(dataset.segment) });
      }
    """)


def labelled(labels):
    """A network in which every label is that of a leaf, and of what is computed from it."""
    total = Value(0.0)
    for label in labels:
        w = Value(0.5, label=label)
        product = w * 2
        product.label = label
        total = total + product.tanh()
    total.label = labels[0]
    return total


def test_any_label_is_shown_as_it_is(driver, tmp_path):
    page = open_page(driver, tmp_path, labelled(LABELS))
    found = page.driver.execute_script("return values.map(({ name }) => name)")
    assert {printable(label) for label in LABELS} <= set(found)
    for key in (Keys.ARROW_RIGHT, Keys.END, Keys.ARROW_LEFT, Keys.HOME):
        page.press(key)
    select_everything(driver)
    headers = driver.execute_script(
        "return [...document.querySelectorAll('tbody th[scope=row]')].map((x) => x.textContent)"
    )
    # What follows an underline is written as a subscript.
    written = [[re.sub("[_,]", "", name) for name in names] for names in (headers, found)]
    assert sorted(written[0]) == sorted(written[1])
    assert not driver.title.startswith("taken")
    assert page.complaints() == []


def test_the_step_is_spoken_and_the_focus_follows_the_page(page):
    page.press(Keys.ARROW_RIGHT)
    live = page.driver.find_element(By.ID, "live")
    assert live.get_attribute("aria-live") == "polite"
    assert page.read()["live"] == "Epoch 1. Forward: step 1 of 21. h1 is 0.89"
    order = page.driver.execute_script("""
      const focusable = document.querySelectorAll("button, input, [tabindex]:not([hidden] *)");
      return [...focusable].map((x) => x.tabIndex);
    """)
    assert set(order) == {0}, "the order of focus is that of the page"


def test_the_page_asks_for_nothing_else(page):
    page.press(Keys.END)
    loaded = page.driver.execute_script(
        "return performance.getEntriesByType('resource').map(({ name }) => name)"
    )
    assert loaded == []
    assert page.complaints() == []
