"""The course: its notebooks run, its site works in a browser offline, and tests pass in Pyodide."""

import functools
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from browser import open_chromium

from examples.course.notebooks import PAGES, ROOT, TUTORIALS, write_notebooks
from examples.course.site import build
from examples.exercises.exercise import find

# Those that take numbers of Python alone, and no process or thread.
CORE = (
    "test_value.py",
    "test_hand_derivations.py::test_partials_equal_the_derivation_in_numbers",
    "test_hand_derivations.py::test_linear_network_in_exact_fractions",
    "test_hand_derivations.py::test_sigmoid_network_with_the_published_figures",
    "test_gradcheck_partials.py",
    "test_check_derivation_mistakes.py",
    "test_check_derivation_tutorials.py",
    "test_tape_repeating.py",
    "test_exercises_engines.py",
)
OF_SCIPY = ["erfinv", "i0", "i1", "j0", "j1", "ndtri", "beta"]
OF_SCIPY += ["lgamma", "gamma", "digamma", "polygamma"]
SECONDS = 180
CHROMIUM_IS_SLOW = 0.2


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The course, built once."""
    pytest.importorskip("jupyterlite_pyodide_kernel")
    pytest.importorskip("jupyter_server")
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("needs Node.js and npm")
    folder = tmp_path_factory.mktemp("course")
    build(folder)
    return folder


@pytest.mark.parametrize("name", [*PAGES, *TUTORIALS])
def test_the_code_of_a_notebook_runs_without_any_extra(name, tmp_path):
    write_notebooks(tmp_path)
    notebook = json.loads((tmp_path / f"{name}.ipynb").read_text("utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code = [
        ("".join(cell["source"]), "raises-exception" in cell["metadata"].get("tags", ()))
        for cell in cells
    ]
    script = f"""
import sys
from types import ModuleType, SimpleNamespace

for missing in ("numpy", "matplotlib", "scipy", "llvmlite", "tqdm", "pandas"):
    sys.modules[missing] = None
display = ModuleType("IPython.display")
display.SVG = display.display = lambda *_: None
sys.modules |= {{"IPython": ModuleType("IPython"), "IPython.display": display}}
names = {{"__name__": "__main__"}}
for source, is_to_raise in {code!r}:
    has_raised = False
    try:
        exec(source, names)
    except Exception:
        has_raised = True
        if not is_to_raise:
            raise
    assert has_raised is is_to_raise, source
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert len(code) > 2


def test_the_core_of_the_tests_passes_in_pyodide(site, tmp_path):
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path)]
    plain = ["--only-binary=:all:", "--python-version", "3.14", "--platform", "any"]
    plain += ["--implementation", "py", "--abi", "none"]
    subprocess.run([*pip, *plain, "pytest", "hypothesis"], check=True)
    tests = [f"tests/{name}" for name in CORE]
    for name in OF_SCIPY:
        tests += ["--deselect", f"{tests[1]}[{name}]"]
    runner = Path(__file__).with_name("pyodide_tests.mjs")
    pyodide = site / "static" / "pyodide"
    done = subprocess.run(
        ["node", runner, pyodide, tmp_path, ROOT, *tests], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def chromium(site):
    """A browser that reaches nothing but the server of the site, and the server's address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=site)
    server = http.server.ThreadingHTTPServer(("localhost", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    driver = open_chromium("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost")
    yield driver, f"http://localhost:{server.server_port}"
    driver.quit()
    server.shutdown()
    server.server_close()


def run_in(chromium, path):
    """Opens a notebook, runs all its cells, and returns the texts of the outputs."""
    driver, address = chromium
    driver.get(f"{address}/notebooks/index.html?path={path}")
    # Cells that are run before are forgotten.
    until(driver, lambda: shown(driver, ".jp-Notebook-ExecutionIndicator[data-status=idle]"))
    click(driver, lambda: [e for e in shown(driver, ".lm-MenuBar-item") if e.text == "Run"])
    click(driver, lambda: shown(driver, '.lm-Menu-item[data-command="runmenu:run-all"]'))
    until(driver, lambda: has_run(driver))
    return [output.text for output in shown(driver, ".jp-OutputArea-output")]


def shown(driver, selector):
    return driver.find_elements("css selector", selector)


def has_run(driver):
    prompts = [
        prompt.text.strip("[]: ") for prompt in shown(driver, ".jp-CodeCell .jp-InputPrompt")
    ]
    return bool(prompts) and all(prompt.isdigit() for prompt in prompts)


def click(driver, find_elements):
    until(driver, find_elements)
    time.sleep(CHROMIUM_IS_SLOW)
    find_elements()[0].click()


def until(driver, is_so):
    """Waits until something is so; fails after `SECONDS` with what the page shows."""
    end = time.monotonic() + SECONDS
    while not is_so():
        body = driver.find_element("tag name", "body").text
        assert time.monotonic() < end, f"after {SECONDS} seconds the page shows:\n{body}"
        time.sleep(CHROMIUM_IS_SLOW)


def errors(chromium):
    return [entry for entry in chromium[0].get_log("browser") if entry["level"] == "SEVERE"]


def test_the_first_notebook_runs_in_a_browser_offline(chromium):
    outputs = run_in(chromium, "start.ipynb")
    assert outputs[0] == "(1.5, 3.0, 0.5)", outputs
    assert "∂E/∂w = 2 · (w · x − 3) · x" in outputs[-1], outputs
    driver, _ = chromium
    pictures = shown(driver, ".jp-OutputArea-output svg .node, .jp-OutputArea-output img")
    assert pictures, driver.page_source[:2000]
    assert not errors(chromium)


def test_a_solved_exercise_passes_in_a_browser_offline(chromium, site):
    exercise = find("product")
    file = site / "files" / "exercises" / f"{exercise.path.stem}.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    answer = next(cell for cell in notebook["cells"] if cell["id"].startswith("answer"))
    answer["source"] = exercise.solution.read_text("utf-8")
    file.write_text(json.dumps(notebook), "utf-8")
    outputs = run_in(chromium, f"exercises/{exercise.path.stem}.ipynb")
    assert outputs == ["passed"]
    assert not errors(chromium)
