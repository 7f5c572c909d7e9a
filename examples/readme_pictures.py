"""Makes the pictures of the README, in docs/: what its first block draws, a network, a page.

The page is photographed by Chromium, where that and Selenium are installed.
"""

import doctest
import shutil
import tempfile
from pathlib import Path
from typing import Any

import nn
from autograd import walkthrough
from examples import t3
from examples.saving import save_picture

REPOSITORY = Path(__file__).parents[1]
# The gradient of o2 has just arrived, and a_h1 is selected.
STEPS, SELECTED = 17, "a_h1"


def run_first_block() -> Path:
    """Runs the first block of the README; returns where its picture is."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    block = readme.split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    for example in doctest.DocTestParser().get_examples(block):
        exec(example.source, names)
    return Path("pictures/neuron.svg")


def photograph(page: Path, target: Path) -> None:
    """A picture of a page some steps on, with a value selected."""
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--window-size=1280,840"):
        options.add_argument(argument)
    # Without a path Selenium would look for a driver on the internet.
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    browser = webdriver.Chrome(options=options, service=service)
    try:
        browser.get(page.as_uri())
        for _ in range(STEPS):
            browser.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_RIGHT)
        browser.find_element(By.CSS_SELECTOR, f'.wide [aria-label^="{SELECTED} "]').click()
        browser.save_screenshot(str(target))
    finally:
        browser.quit()


def main() -> None:
    """Makes them all, and says where they are."""
    docs = REPOSITORY / "docs"
    print(shutil.copy(run_first_block(), docs))
    error = t3.forward(t3.leaves(t3.INPUTS | t3.WEIGHTS))["E"]
    error.backward()
    print(save_picture(nn.draw_network(error, gradients=True), docs / "network.svg"))
    with tempfile.TemporaryDirectory() as folder:
        page = walkthrough(error, Path(folder) / "page.html", learning_rate=t3.RATE)
        try:
            photograph(page, docs / "walkthrough.png")
            print(docs / "walkthrough.png")
        except ImportError:
            print("docs/walkthrough.png is left as it is: Selenium is not installed")


if __name__ == "__main__":
    main()
