"""Runs the worked examples: all of them, or those that you name."""

import argparse
import importlib
from pathlib import Path
from types import ModuleType

NAMES = ("t1", "t2", "t3", "t4", "xor", "moons", "wired", "digits", "gpt", "minimize", "sweep")


def main() -> None:
    """Reads the command line, runs the examples, and says where their pictures are."""
    parser = argparse.ArgumentParser(prog="python -m examples", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="example", help=f"any of {', '.join(NAMES)}")
    parser.add_argument("--list", action="store_true", help="list the examples and exit")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no example {unknown[0]!r}: choose from {', '.join(NAMES)}")
    if arguments.list:
        for name in NAMES:
            print(f"{name:8} {title(module(name))}")
    else:
        run(arguments.names or NAMES, Path("pictures"))


def run(names: tuple[str, ...] | list[str], pictures: Path) -> None:
    """Runs the examples of these names; they save their pictures in the folder."""
    pictures.mkdir(parents=True, exist_ok=True)
    saved: list[Path] = []
    for name in names:
        heading = f"{name}: {title(module(name))}"
        print(heading, "=" * len(heading), sep="\n")
        saved += module(name).main(pictures)
        print()
    print("Pictures:", *saved, sep="\n")


def module(name: str) -> ModuleType:
    """The module of an example, imported on demand."""
    return importlib.import_module(f"examples.{name}")


def title(example: ModuleType) -> str:
    """The first line of an example's docstring."""
    return (example.__doc__ or "").partition("\n")[0]


if __name__ == "__main__":
    main()
