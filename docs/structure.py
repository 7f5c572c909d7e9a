"""How the project is built, in figures: `python docs/structure.py [CHECKOUT]`.

It reads the source of a checkout, by default this one, runs a few calls in it, and prints a
Markdown table. To compare, give it an older checkout.
"""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGES = ("autograd", "nn")

# The calls that a new user makes first, each run in a process of its own.
CALLS = {
    "`(w * x).backward()`": "(w * x).backward()",
    "`draw(loss)`": "autograd.draw(loss)",
    "`gradcheck(f, [0.5, 2.0])`": "autograd.gradcheck(f, [0.5, 2.0])",
    "`explain(loss)`": "str(autograd.explain(loss))",
    '`check_derivation(loss, {w: "h - t"})`': "str(autograd.check_derivation(loss, {w: 'h - t'}))",
    "`compile(f)`, first call": "autograd.compile(f)([0.5, 2.0])",
    "`compile(f)`, a call later": "fast([0.5, 2.0])",
    '`walkthrough(loss, "page.html")`': "autograd.walkthrough(loss, folder + '/page.html')",
}

# Runs a call, and notes which functions of the project it runs through.
PROGRAM = """
import json, sys, tempfile
from pathlib import Path
import autograd, nn
from autograd import Value

root = str(Path(autograd.__file__).parents[1])
call = sys.argv[1]
folder = tempfile.mkdtemp()
w, x, t = Value(0.5, label="w"), Value(2.0, label="x"), Value(1.0, label="t")
h = (w * x).tanh()
h.label = "h"
loss = (h - t) ** 2 / 2

def f(p):
    return (p[0] * p[1]).tanh() * p[0]

fast = autograd.compile(f)
if "fast" in call:
    fast([0.5, 2.0])
    fast([0.5, 2.0])
reached = set()

def note(frame, event, argument):
    name = frame.f_code.co_filename
    if event == "call" and name.startswith(root) and frame.f_code.co_name != "<module>":
        reached.add((name, frame.f_code.co_qualname))

code = compile(call, "call", "eval")
for module in ("autograd.checking", "autograd.explaining", "autograd.drawing", "autograd.pages"):
    __import__(module)
sys.setprofile(note)
eval(code)
sys.setprofile(None)
print(json.dumps([len({name for name, _ in reached}), len(reached)]))
"""


def lines_of_code(source: str) -> int:
    """The number of lines with code: without docstrings, comments and blank lines.

    >>> lines_of_code('"What it is."\\n\\n# Why.\\nx = 1\\n')
    1
    """
    tree = ast.parse(source)
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not _is_docstring(node):
            last = node.end_lineno or node.lineno
            inner = [child.lineno for child in getattr(node, "body", []) if child]
            lines.update(range(node.lineno, min([*inner, last + 1])))
    text = source.splitlines()
    return sum(1 for number in lines if text[number - 1].strip()[:1] not in ("", "#"))


def _is_docstring(node: ast.stmt) -> bool:
    is_expression = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_expression and isinstance(node.value.value, str)


def modules(root: Path) -> dict[str, Path]:
    """The files of the packages, by the names of their modules."""
    paths = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            paths[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return paths


def imports(known: dict[str, Path]) -> dict[str, set[str]]:
    """For each module the modules of the project that it imports, at its top or in a function."""
    imported: dict[str, set[str]] = {}
    for module, path in known.items():
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
        owners = {name if name in known else name.rpartition(".")[0] for name in names}
        # A package itself only gathers what its files define.
        imported[module] = {x for x in owners if x in known and x != module and x not in PACKAGES}
    return imported


def longest_chain(below: dict[str, set[str]]) -> list[str]:
    """The longest chain of imports, down to a file that imports none; empty if there is a cycle.

    >>> longest_chain({"value": {"graph", "rules"}, "rules": {"kinds"}, "graph": set()})
    ['value', 'rules', 'kinds']
    """
    chains: dict[str, list[str]] = {}
    try:
        for module in TopologicalSorter(below).static_order():
            chains[module] = [
                module,
                *max((chains[x] for x in sorted(below.get(module, ()))), key=len, default=[]),
            ]
    except CycleError:
        return []
    return max(chains.values(), key=len)


def mentions(root: Path, word: str) -> int:
    """The number of source files that name something, and would change for another like it."""
    files = [path for path in (root / "autograd").rglob("*.py") if path.is_file()]
    files += (root / "autograd").rglob("*.js")
    return sum(bool(re.search(rf"\b{word}\b", path.read_text(encoding="utf-8"))) for path in files)


def run_through(root: Path, call: str) -> tuple[int, int]:
    """The numbers of files and of functions of the project that a call runs through."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM, call], cwd=root, capture_output=True, text=True, check=True
    )
    files, functions = json.loads(result.stdout.splitlines()[-1])
    return files, functions


def rows(root: Path) -> list[tuple[str, object]]:
    """The table, row by row."""
    known = modules(root)
    below = imports(known)
    sizes = {m: lines_of_code(path.read_text(encoding="utf-8")) for m, path in known.items()}
    entries = {m.split(".")[1] for m in known if m.startswith("autograd.")}
    chain = longest_chain(below)
    readers = Counter(x for names in below.values() for x in names)
    source = "\n".join(path.read_text(encoding="utf-8") for path in known.values())
    wings = Counter()
    for module, lines in sizes.items():
        parts = module.split(".")
        is_wing = len(parts) > 2 or (parts[0] == "autograd" and known[module].name == "__init__.py")
        wings[
            "nn"
            if parts[0] == "nn"
            else f"autograd/{parts[1]}/"
            if is_wing and len(parts) > 1
            else "autograd/*.py"
        ] += lines
    table: list[tuple[str, object]] = [
        ("files", len(known)),
        ("lines of code", sum(sizes.values())),
        *((f"lines of code in `{wing}`", lines) for wing, lines in sorted(wings.items())),
        ("entries at the top of `autograd/`", len(entries)),
        ("imports, how deep", len(chain)),
        ("the longest chain of imports", " → ".join(chain)),
        ("files with one importer", sum(count == 1 for count in readers.values())),
        ("`Any` in the source", len(re.findall(r"\bAny\b", source))),
        ("files that name a rule, `gelu`", mentions(root, "gelu")),
        ("files that name an elementary function, `erfc`", mentions(root, "erfc")),
        ("files that name a kind of number, `Mpmath`", mentions(root, "Mpmath")),
    ]
    for title, call in CALLS.items():
        files, functions = run_through(root, call)
        table.append((f"{title} runs through", f"{files} files, {functions} functions"))
    return table


if __name__ == "__main__":
    checkout = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
    print("| what | how much |\n|---|---|")
    for title, figure in rows(checkout):
        print(f"| {title} | {figure:,} |" if isinstance(figure, int) else f"| {title} | {figure} |")
