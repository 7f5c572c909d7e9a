"""JavaScript run by what is installed: Node.js, or Chromium without a window."""

import atexit
import functools
import json
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

# JSON has no infinity, no nan and no negative zero: they come as text.
_AS_TEXT = """(_, x) =>
    Array.isArray(x) || (Number.isFinite(x) && !Object.is(x, -0)) ? x
    : Object.is(x, -0) ? "-0" : String(Number(x))"""


def open_chromium():
    """A driver of headless Chromium; skips the test where Chromium or Selenium is missing."""
    webdriver = pytest.importorskip("selenium.webdriver")
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    driver = shutil.which("chromedriver")
    if not (program and driver):
        pytest.skip("needs Chromium and its driver: apt install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


@contextmanager
def fonts(folder, family):
    """A machine whose fonts are those of one family in a folder of the system, or a skip."""
    root = Path("/usr/share/fonts/truetype") / family
    if not root.is_dir():
        pytest.skip(f"needs the fonts of {root}")
    configuration = folder / "fonts.conf"
    cache = f"<dir>{root}</dir><cachedir>{folder / 'cache'}</cachedir>"
    configuration.write_text(f"<fontconfig>{cache}</fontconfig>", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(configuration))
        yield


def run_javascript(program, expression):
    """The number, or the nested lists of numbers, that an expression gives after a program."""
    text = f"JSON.stringify({expression}, {_AS_TEXT})"
    if node := shutil.which("node"):
        source = f"{program}\nprocess.stdout.write({text});"
        done = subprocess.run(
            [node, "-"], input=source, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return _as_floats(json.loads(done.stdout))
    return _as_floats(json.loads(_chromium().execute_script(f"{program}\nreturn {text};")))


@functools.cache
def _chromium():
    driver = open_chromium()
    atexit.register(driver.quit)
    return driver


def _as_floats(found):
    if isinstance(found, list):
        return [_as_floats(one) for one in found]
    return float(found.replace("Infinity", "inf") if isinstance(found, str) else found)
