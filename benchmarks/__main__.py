"""Runs programs on every engine, and prints Markdown tables."""

import argparse
import importlib
import platform
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks import eager
from benchmarks.compiled import measuring, recording
from benchmarks.environments import DEFAULT, REQUIREMENTS, Environments, NotInstalledError
from benchmarks.process import REPOSITORY, START

EAGER = {
    "moons": "benchmarks.moons",
    "expression": "benchmarks.expression",
    "chain": "benchmarks.chain",
    "gpt": "benchmarks.gpt",
    "jacobian": "benchmarks.jacobian",
    "gradcheck": "benchmarks.many_inputs",
}
COMPILED = {
    "compiled-moons": "benchmarks.compiled.moons",
    "compiled-many-moons": "benchmarks.compiled.many_moons",
    "compiled-rosenbrock": "benchmarks.compiled.rosenbrock",
    "compiled-expression": "benchmarks.compiled.expression",
    "compiled-black-scholes": "benchmarks.compiled.black_scholes",
    "compiled-operations": "benchmarks.compiled.operations",
    "compiled-gpt": "benchmarks.compiled.gpt",
    "compiled-gpt-batch": "benchmarks.compiled.gpt_batch",
}
RECORDING = "recording"


def main() -> None:
    arguments = _arguments()
    environments = Environments(arguments.environments)
    chosen = arguments.programs or [*EAGER, *COMPILED, RECORDING]
    if arguments.install:
        _install(environments)
    elif arguments.plot:
        _draw(environments)
    else:
        print(f"Python {platform.python_version()} on {platform.machine()}")
        _print_tables(chosen, environments, arguments.quick)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ", ".join([*EAGER, *COMPILED, RECORDING])
    parser.add_argument("programs", nargs="*", metavar="NAME", help=f"any of {names}; default: all")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--install", action="store_true", help="only install the engines")
    parser.add_argument("--plot", action="store_true", help="only draw docs/pictures/speed.png")
    parser.add_argument(
        "--environments",
        type=Path,
        default=DEFAULT,
        metavar="DIR",
        help="where the engines are installed (default: %(default)s)",
    )
    arguments = parser.parse_args()
    unknown = set(arguments.programs) - {*EAGER, *COMPILED, RECORDING}
    if unknown:
        parser.error(f"there is no program {', '.join(sorted(unknown))}: choose from {names}")
    return arguments


def _install(environments: Environments) -> None:
    for name in REQUIREMENTS:
        try:
            print(environments.python(name))
        except NotInstalledError as error:
            print(f"{name} could not be installed: {error}")


def _draw(environments: Environments) -> None:
    try:
        python = environments.python("scalar")
    except NotInstalledError as error:
        raise SystemExit(f"scalar could not be installed: {error}") from None
    worker = [python, "-I", "-c", START, REPOSITORY, "benchmarks.plot"]
    subprocess.run(list(map(str, worker)), check=True)


def _print_tables(chosen: list[str], environments: Environments, is_quick: bool) -> None:
    for modules, part in ((EAGER, eager), (COMPILED, measuring)):
        names = [name for name in modules if name in chosen]
        if names:
            print(f"\n{part.HEAD}")
        for name in names:
            program = importlib.import_module(modules[name]).PROGRAM
            _print(part.rows(modules[name], program, environments, is_quick))
    if RECORDING in chosen:
        print(f"\n{recording.HEAD}")
        _print(recording.rows(environments, is_quick))


def _print(rows: Iterable[Any]) -> None:
    for row in rows:
        print(row, flush=True)


if __name__ == "__main__":
    main()
