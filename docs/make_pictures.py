"""Makes the pictures of the documents: `python docs/make_pictures.py`.

The blocks of these documents save them to pictures/, and are run here where that is the
documents' own folder. The page of a walk-through is photographed by Chromium, where that and
Selenium are installed.
"""

import contextlib
import doctest
import os
import re
import shutil
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
DOCUMENTS = (DOCS.parent / "README.md", DOCS / "pictures.md")
# By then the backward pass has begun, and a weight is selected.
STEPS, SELECTED = 8, "w¹₀₀"


def run_blocks(document: Path, count: int | None = None) -> None:
    """Runs the examples of a document, or of its first blocks, without checking what they print."""
    names: dict[str, Any] = {}
    blocks = re.findall(r"```python\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)
    with contextlib.redirect_stdout(None):
        for block in blocks[:count]:
            for example in doctest.DocTestParser().get_examples(block):
                exec(example.source, names)


def photograph(page: Path, target: Path) -> None:
    """Takes a picture of the page a few steps on, with a value selected."""
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
    """Makes them all, and removes what no document shows."""
    os.chdir(DOCS)
    pages = [*DOCS.glob("*.md"), *DOCUMENTS]
    shown = "".join(page.read_text(encoding="utf-8") for page in pages)
    for document in DOCUMENTS:
        run_blocks(document)
    try:
        photograph(DOCS / "pictures" / "page.html", DOCS / "pictures" / "walkthrough.png")
    except ImportError:
        print("pictures/walkthrough.png is left as it is: Selenium is not installed")
    for path in (DOCS / "pictures").iterdir():
        if f"pictures/{path.name})" not in shown:
            path.unlink()


if __name__ == "__main__":
    main()
