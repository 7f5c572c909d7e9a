"""Measures the error of each rule in units in the last place, and prints docs/accuracy.md."""

import argparse
import datetime
import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from autograd.primitive import PRIMITIVES
from benchmarks.accuracy.modes import MODES
from benchmarks.accuracy.peers import PEERS
from benchmarks.accuracy.points import points
from benchmarks.accuracy.witness import orders, right, units
from benchmarks.table import head, line

_TEXT = """# Accuracy

Made by `python -m benchmarks.accuracy --hips PYTHON > docs/accuracy.md`, {date}, on {machine}.

How far from the right number each function is, and its first and second derivatives, in units in
the last place of a double: the largest error at {count} points, spread over the floats
from a fixed seed. Some are of ordinary size, some of any, drawn by their logarithm; half lie beside
0, 1 and the ends of the domain. An entry `value / first / second` is of all partial
derivatives together; `wrong` is a nan or an infinity in the place of a number, or the other way
round, and a number above {most:,} has its power of ten.

The right numbers are mpmath's: its functions, and differences of these with as many digits as it
takes for two results to agree; they know no rule. Where a result is a sum that may cancel (of
`lgamma` near its zeros, the derivatives of `silu`, `gelu`, `mish`, `sinc` and `beta`, the mixed
ones of `atan2` and `x ** y`), its errors are in units of its largest term. At kinks, ties
and poles the convention is tested, not measured.

"""


def main() -> None:
    arguments = _arguments()
    names = arguments.functions or list(PRIMITIVES)
    columns = {name: list(zip(*points(name, arguments.points), strict=True)) for name in names}
    rights = {name: _right(name, columns[name]) for name in names}
    results_of: dict[str, dict[str, Any]] = {
        mode: {name: run(name, columns[name]) for name in names} for mode, run in MODES.items()
    }
    pythons = dict.fromkeys(PEERS, arguments.python) | {"HIPS autograd": arguments.hips}
    for peer, python in pythons.items():
        results = _by_peer(peer, python, columns) if python else None
        if results is None:
            print(f"{peer} could not be run: it is left out", file=sys.stderr)
        else:
            results_of[peer] = results
    sys.stdout.write(
        _TEXT.format(
            date=datetime.date.today(),
            machine=f"Python {platform.python_version()}, {platform.machine()}, {_library()}",
            count=arguments.points,
            most=_MOST,
        )
    )
    print(head("function", *results_of))
    for name in names:
        cells = [_cell(results.get(name), rights[name]) for results in results_of.values()]
        print(line(f"`{name}`", *cells))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("functions", nargs="*", metavar="NAME", help="some rules; default: all")
    parser.add_argument("--points", type=int, default=60, help="for each (default: %(default)s)")
    parser.add_argument(
        "--python", default=sys.executable, help="where PyTorch and JAX are (default: this one)"
    )
    parser.add_argument("--hips", help="a Python in which `autograd` is HIPS autograd")
    return parser.parse_args()


def _right(name: str, columns: Any) -> list[list[Any]]:
    return [
        [right(name, point, order) for order in orders(len(point))]
        for point in zip(*columns, strict=True)
    ]


def _by_peer(peer: str, python: str, columns: dict[str, Any]) -> dict[str, Any] | None:
    """The results of another engine, in its own process; None if it can't be imported."""
    result = subprocess.run(
        [python, "-I", str(Path(__file__).with_name("peers.py")), peer],
        input=json.dumps(columns),
        capture_output=True,
        text=True,
    )
    if result.returncode:
        print(result.stderr.strip().splitlines()[-1], file=sys.stderr)
        return None
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def worst(results: Any, rights: list[list[Any]]) -> list[float]:
    """The largest error of the values, of the first and of the second derivatives."""
    count = 1 if len(rights[0]) == 3 else 2
    errors = [0.0, 0.0, 0.0]
    for numbers, expected in zip(results, rights, strict=True):
        for order, number, (exact, scale) in zip(orders(count), numbers, expected, strict=True):
            errors[sum(order)] = max(errors[sum(order)], units(number, exact, scale))
    return errors


_MOST = 1000


def _cell(results: Any, rights: list[list[Any]]) -> str:
    return "" if results is None else " / ".join(map(_short, worst(results, rights)))


def _short(error: float) -> str:
    if error == float("inf"):
        return "wrong"
    return f"{error:.1f}" if error < _MOST else f"{error:.0e}".replace("e+", "e")


def _library() -> str:
    return " ".join(filter(None, platform.libc_ver())) or platform.system()


if __name__ == "__main__":
    main()
