"""Builds the course: `python -m examples.course FOLDER`, then serve the folder on any web server.

It needs the command `npm`, and JupyterLite: `pip install "scalar-autograd[course]"`.
"""

import argparse
import sys
from pathlib import Path

from examples.course.site import build


def main() -> int:
    """Reads the command line, builds the site, and says how to view it."""
    parser = argparse.ArgumentParser(prog="python -m examples.course", description=__doc__)
    parser.add_argument("folder", nargs="?", default="build/course", type=Path, metavar="FOLDER")
    folder = parser.parse_args().folder
    try:
        build(folder)
    except (RuntimeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"{folder}: {size / 1e6:.0f} MB. To view it:")
    print(f"python -m http.server --directory {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
