"""The house has floors: a file imports from those below it, and no more."""

import ast
import graphlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import autograd
from autograd import Value

HOUSE = Path(autograd.__file__).parents[1]
HERE = Path(__file__).parent

# The parts of autograd/, each a file or a folder, from the ground up.
FLOORS = (
    {"numbers", "slips"},
    {"rules"},
    {"primitive", "value", "graph", "copying", "modes", "vectors"},
    {"functions", "transforms", "notation", "tape"},
    {"checking", "drawing", "explaining", "compiling"},
    {"pages"},
)
FLOOR_OF = {part: floor for floor, parts in enumerate(FLOORS) for part in parts}

# Parts of a lower floor may build on one another. Above it, each stands alone.
HIGHEST_SHARED_FLOOR = 3

HEAVY = ("numpy", "sympy", "mpmath", "matplotlib", "graphviz", "hypothesis", "torch", "tqdm")
HEAVY += ("llvmlite", "jax", "scipy")


def module_name(path):
    """autograd/checking/report.py is autograd.checking.report."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {
    module_name(path): path for name in ("autograd", "nn") for path in (HOUSE / name).rglob("*.py")
}
# The package itself gathers the public names of all floors.
CHECKED = sorted(set(MODULES) - {"autograd"})
FOLDERS = [module for module in CHECKED if MODULES[module].name == "__init__.py"]


def imported(module, source, is_package=False):
    """The full names that a source imports, those for type checkers excepted."""
    names = []
    waiting = [ast.parse(source)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".") if is_package else module.split(".")[:-1]
            above = base[: len(base) - node.level + 1] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            names += [f"{origin}.{alias.name}" for alias in node.names]
        else:
            waiting += ast.iter_child_nodes(node)
    return names


def complaints(module, names):
    """What is wrong with the imports of a module, in words."""
    return [
        f"{module} imports {name}: {reason}" for name in names if (reason := fault(module, name))
    ]


def fault(module, name):
    """Why a module may not import a name; None where it may."""
    package, _, rest = name.partition(".")
    home = module.partition(".")[0]
    if home == "nn":
        is_inside = package == "autograd" and rest and not rest.startswith("slips.")
        inside = is_inside and rest not in autograd.__all__
        return f"nn knows only the public names of autograd, not {rest}" if inside else None
    if package == "nn":
        return "autograd stands below nn"
    if package != "autograd":
        return None
    own_part, part = module.split(".")[1], rest.split(".")[0]
    for known in (own_part, part):
        if known in FLOOR_OF:
            continue
        if known == own_part or f"autograd.{known}" in MODULES:
            return f"autograd/{known} has no floor yet: give it one in FLOORS"
        return f"{known or 'the package'} is no module: name the one that defines it"
    own_floor, floor = FLOOR_OF[own_part], FLOOR_OF[part]
    if floor > own_floor:
        return f"{part} is on floor {floor}, above {own_part} on floor {own_floor}"
    if floor == own_floor > HIGHEST_SHARED_FLOOR and part != own_part:
        return f"{part} and {own_part} are wings of floor {floor}, independent of each other"
    return None


def imports_of(module):
    path = MODULES[module]
    return imported(module, path.read_text(encoding="utf-8"), path.name == "__init__.py")


@pytest.mark.parametrize("module", CHECKED)
def test_a_file_imports_only_from_floors_below(module):
    wrong = complaints(module, imports_of(module))
    assert not wrong, "\n".join(wrong)


def test_every_part_has_a_floor():
    parts = {module.split(".")[1] for module in CHECKED if module.startswith("autograd.")}
    homeless = sorted(parts - set(FLOOR_OF))
    assert not homeless, f"give a floor to {homeless}"


def test_the_table_of_floors_in_contributing_is_this_one():
    rows = re.findall(r"^\| (\d) \| (.*?) \|", contributing(), re.MULTILINE)
    assert [int(floor) for floor, _ in rows] == list(range(len(FLOORS)))
    for floor, parts in rows:
        named = set(re.findall(r"`(\w+)/?`", parts))
        assert named == FLOORS[int(floor)], f"floor {floor}: {named ^ FLOORS[int(floor)]}"


@pytest.mark.parametrize("module", FOLDERS)
def test_the_top_of_a_folder_says_what_each_of_its_files_is_for(module):
    folder = MODULES[module].parent
    documentation = ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8"))) or ""
    parts = {name.removeprefix(f"{module}.") for name in CHECKED if name.startswith(f"{module}.")}
    # Those of an inner folder are named at its own top.
    unnamed = {
        part
        for part in parts
        if "." not in part and not re.search(rf"`{part}(/|\.py)?`", documentation)
    }
    assert not unnamed, f"{folder / '__init__.py'} does not say what these are for: {unnamed}"


def contributing():
    """What CONTRIBUTING.md says, without its blocks of code."""
    text = (HERE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def test_the_files_that_contributing_names_exist():
    """A path may begin anywhere: `local_mistakes.py` is found in its folder."""
    parts = ("autograd", "nn", "examples", "tests", "benchmarks", "docs")
    existing = {
        f"{path.as_posix()}{'/' if path.is_dir() else ''}"
        for part in parts
        for path in (HERE.parent / part, *(HERE.parent / part).rglob("*"))
    }
    named = set(re.findall(r"`([\w./]+(?:/|\.(?:py|pyi|md|png|js|css|cpp)))`", contributing()))
    assert len(named) > 30, f"only these were found: {named}"
    missing = [name for name in named if not any(path.endswith(f"/{name}") for path in existing)]
    assert not missing, f"CONTRIBUTING.md names {missing}"


def test_the_names_of_code_in_contributing_exist():
    paths = (*MODULES.values(), *HERE.glob("*.py"))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    names = re.findall(r"`(?:elementary\.)?([A-Z_]{4,}|(?<=\.)\w+)(?:\(\w+\))?`", contributing())
    assert len(names) > 10, f"only these were found: {names}"
    missing = [name for name in names if not re.search(rf"^(def )?{name}\b", sources, re.MULTILINE)]
    assert not missing, f"CONTRIBUTING.md names {missing}"


def test_no_files_import_each_other_in_a_circle():
    # What is imported is a file, or is defined in one.
    below = {
        module: {name if name in MODULES else name.rpartition(".")[0] for name in names}
        & set(CHECKED) - {module}
        for module, names in ((module, imports_of(module)) for module in CHECKED)
    }
    try:
        tuple(graphlib.TopologicalSorter(below).static_order())
    except graphlib.CycleError as error:
        pytest.fail(f"a circle of imports: {' <- '.join(error.args[1])}")


@pytest.mark.parametrize(
    ("module", "source", "words"),
    [
        ("autograd.numbers.kinds", "from autograd.rules import mul", "rules is on floor 1, above"),
        ("autograd.rules", "from autograd import value", "value is on floor 2, above rules"),
        ("autograd.value", "from autograd.tape import Tape", "tape is on floor 3, above value"),
        ("autograd.value", "import autograd.transforms", "transforms is on floor 3"),
        ("autograd.value", "def f():\n    from autograd import pages", "pages is on floor 5"),
        ("autograd.graph", "from . import functions", "functions is on floor 3"),
        ("autograd.graph", "from .functions import tanh", "functions is on floor 3"),
        ("autograd.tape", "from autograd import Value", "name the one that defines it"),
        ("autograd.drawing.text", "from autograd import checking", "independent of each other"),
        ("autograd.drawing.text", "from ..checking import report", "independent of each other"),
        ("autograd.drawing", "from nn import MLP", "autograd stands below nn"),
        ("autograd.surprise", "from autograd import graph", "give it one in FLOORS"),
        ("nn.layers", "from autograd import graph", "only the public names"),
        ("nn.layers", "from autograd.value import Value", "only the public names"),
        ("nn.layers", "import autograd.value", "only the public names"),
        ("nn.layers", "if TYPE_CHECKING:\n    pass\nelse:\n    import autograd.value", "public"),
    ],
)
def test_a_wrong_import_is_found(module, source, words):
    (complaint,) = complaints(module, imported(module, source))
    assert complaint.startswith(f"{module} imports autograd") or "nn" in complaint
    assert words in complaint


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("autograd.value", "from autograd import graph, modes"),
        ("autograd.value", "from autograd.numbers.kinds import kind_of"),
        ("autograd.value", "if TYPE_CHECKING:\n    from autograd.functions import Methods"),
        ("autograd.drawing.text", "from autograd.drawing.rendering import render"),
        ("autograd.drawing.text", "from .rendering import render"),
        ("autograd.drawing.text", "from autograd.transforms import gradients"),
        ("autograd.pages.walkthrough", "from autograd.drawing import draw"),
        ("nn.layers", "import autograd"),
        ("nn.layers", "from autograd import Value, tanh"),
        ("nn.layers", "from nn.module import Module"),
    ],
)
def test_a_right_import_passes(module, source):
    assert complaints(module, imported(module, source)) == []


# Light


def modules_after(statement):
    program = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n')"
    finished = subprocess.run(
        [sys.executable, "-c", program], cwd=HOUSE, capture_output=True, text=True, check=True
    )
    return set(finished.stdout.split())


def test_import_autograd_loads_no_library():
    loaded = modules_after("import autograd") & set(HEAVY)
    assert not loaded, f"import autograd loads {sorted(loaded)}"


def test_import_nn_loads_no_library():
    loaded = modules_after("import nn") & set(HEAVY)
    assert not loaded, f"import nn loads {sorted(loaded)}"


def test_a_value_has_slots_alone():
    x = Value(1.0)
    assert not hasattr(x, "__dict__")
    assert sorted(Value.__slots__) == ["data", "grad", "label", "parents", "partials", "rule"]


def test_every_public_name_exists():
    missing = [name for name in autograd.__all__ if not hasattr(autograd, name)]
    assert not missing, f"autograd.__all__ lists {missing}"
    assert len(set(autograd.__all__)) == len(autograd.__all__), "a public name is listed twice"
