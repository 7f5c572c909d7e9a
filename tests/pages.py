"""What tests of pages share: a page opened in a browser, driven, and read as people read it."""

import re

from browser import open_chromium

from autograd.numbers.text import number_text
from autograd.pages import walkthrough
from examples import t1

SIZES = {
    "desktop": (1280, 800),
    "tablet": (800, 900),
    "phone": (390, 844),
    "projector": (1920, 1080),
}

# Everything that is shown at a step. Magnitudes are without exponents, as below.
_READ = """
const text = (element) => element?.textContent ?? "";
const visible = [...document.querySelectorAll(".picture")].filter((p) => p.checkVisibility());
const magnitudes = (side) =>
  [...side.querySelectorAll("mn")].filter((x) => !x.matches("msup > :nth-child(2) *")).map(text);
const sides = [...document.querySelectorAll("#formula > :nth-child(3n)")];
return {
  where: text(document.getElementById("where")),
  title: text(document.getElementById("title")),
  note: text(document.getElementById("note")),
  live: text(document.getElementById("live")),
  history: text(document.getElementById("history")),
  picture: Object.fromEntries([...visible[0].querySelectorAll("[data-value]")].map((group) => [
    values[group.dataset.value].name,
    {
      data: text(group.querySelector(".data")),
      gradient: text(group.querySelector(".gradient")),
      current: group.classList.contains("current"),
    },
  ])),
  active: [...visible[0].querySelectorAll(".line.active")].map((x) => Number(x.dataset.segment)),
  table: Object.fromEntries([...document.querySelectorAll("[data-row]")].map((row) => [
    text(row.cells[0]) && values[row.dataset.row].name,
    {
      data: row.querySelector("input")?.value ?? text(row.cells[1]),
      gradient: text(row.cells[2]),
      updated: text(row.cells[3]),
    },
  ])),
  sides: sides.map(text),
  magnitudes: sides.map(magnitudes),
  numbers: [...document.querySelectorAll("#formula [data-number]")].map((x) => [
    x.dataset.number,
    text(x).replace(/[()]/g, ""),
  ]),
};
"""


class Page:
    """A page in a browser."""

    def __init__(self, driver, path):
        self.driver = driver
        driver.get_log("browser")
        driver.get(path.as_uri())

    def read(self):
        return self.driver.execute_script(_READ)

    def press(self, *keys):
        body = self.driver.find_element("tag name", "body")
        for key in keys:
            body.send_keys(key)

    def click(self, name):
        self.driver.find_element("id", name).click()

    def type_in(self, name, text):
        """Types a number into the field of a Value and leaves the field."""
        field = self.driver.find_element("css selector", f'[aria-label="value of {name}"]')
        self.type_into(field, text)

    def type_into(self, field, text):
        from selenium.webdriver.common.keys import Keys

        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text, Keys.TAB)

    def complaints(self):
        """What the console of the browser has to say."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def node_names(self):
        """The name of each named Value by its position among the nodes."""
        pairs = self.driver.execute_script("return values.map(({ node, name }) => [node, name])")
        return dict(pairs)


def linear():
    """The leaves of the linear network, by their labels, and its error."""
    leaf = t1.leaves()
    return leaf, t1.forward(leaf)["error"]


def resize(driver, size):
    width, height = SIZES[size]
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1}
    is_phone = {"mobile": size == "phone"}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics | is_phone)


def prefer(driver, scheme):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def open_page(driver, folder, error, learning_rate=0.5, **options):
    return Page(driver, walkthrough(error, folder / "page.html", learning_rate, **options))


def chromium():
    """For a fixture: a driver with the window of a desk, closed at the end."""
    driver = open_chromium()
    try:
        resize(driver, "desktop")
        yield driver
    finally:
        driver.quit()


def shown(number, digits=4):
    """A number as the page writes it."""
    return number_text(float(number), digits).replace("-", "−")


def magnitudes(text):
    """The numbers of a formula without signs, which may be those of sums, and superscripts."""
    return re.findall(r"(?<![\w.])[0-9][0-9.]*(?:e−?[0-9]+)?", text)
