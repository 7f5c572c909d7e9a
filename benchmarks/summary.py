"""Prints the tables of docs/benchmarks.md from what `python -m benchmarks` printed.

python -m benchmarks | tee results.md
python -m benchmarks.summary results.md
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks import eager, table
from benchmarks.compiled import measuring, recording
from benchmarks.program import COMPILED

Row = dict[str, str]

ALL_CORES = ", all cores"
C = "C by hand"
VECTOR_TYPES = "C by hand, vector types"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.summary", description=__doc__)
    parser.add_argument("results", type=Path, help="a file with what the run printed")
    tables = _tables(parser.parse_args().results.read_text())
    for column in ("Time", "First call", "Memory"):
        _print(_compiled(tables[measuring.HEAD], column))
    _print(_first_steps(tables[recording.HEAD]))
    _print(_eager(tables[eager.HEAD]))


def _print(lines: Iterator[str]) -> None:
    print("\n".join(lines), end="\n\n")


def _tables(text: str) -> dict[str, list[Row]]:
    """The rows with measurements, by the first two lines of their table."""
    tables: dict[str, list[Row]] = {measuring.HEAD: [], recording.HEAD: [], eager.HEAD: []}
    for part in text.split("\n\n"):
        for head, rows in tables.items():
            if part.startswith(head):
                columns = _cells(head.partition("\n")[0])
                lines = part.removeprefix(head).splitlines()[1:]
                cells = [_cells(line) for line in lines if table.NOT_MEASURED not in line]
                rows += [dict(zip(columns, row, strict=True)) for row in cells]
    return tables


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")[1:-1]]


def _compiled(rows: list[Row], column: str) -> Iterator[str]:
    """For each program one column of what was measured, ours first."""
    yield table.head(f"program: {column.lower()}", "here", "C by hand", "others")
    for title in dict.fromkeys(row["Program"] for row in rows):
        cells = {row["Engine"]: row[column] for row in rows if row["Program"] == title}
        together = {name: cell for name, cell in cells.items() if name.endswith(ALL_CORES)}
        yield _line(title, {name: cell for name, cell in cells.items() if name not in together})
        if COMPILED + ALL_CORES in together:
            named = {name.removesuffix(ALL_CORES): cell for name, cell in together.items()}
            yield _line(title + ALL_CORES, named)


def _line(title: str, cells: dict[str, str]) -> str:
    in_c = next((cell for name, cell in cells.items() if name.startswith(C)), "")
    if VECTOR_TYPES in cells:
        in_c += f", with vector types {cells[VECTOR_TYPES]}"
    others: dict[str, str] = {}
    for name, cell in cells.items():
        if not name.startswith(("autograd", C)):
            # Of several ways to use an engine, the first: the usual one.
            others.setdefault(name.partition(",")[0], cell)
    named = ", ".join(f"{name} {cell}" for name, cell in others.items())
    return table.line(title, cells.get(COMPILED, ""), in_c, named)


def _first_steps(rows: list[Row]) -> Iterator[str]:
    yield table.head("first training step", "empty cache", "filled cache")
    times: dict[str, dict[str, str]] = {}
    for row in rows:
        times.setdefault(row["Engine"], {})[row["Cache on disk"]] = row["First call"]
    for engine, by_cache in times.items():
        cold = by_cache.get("empty") or by_cache["none"]
        yield table.line(engine, cold, by_cache.get("filled", ""))


def _eager(rows: list[Row]) -> Iterator[str]:
    """Each row of ours beside the baseline, whose speed is 1."""
    yield table.head("program", "here", "compared with", "speed (range of the rounds)")
    baselines = {row["Program"]: row for row in rows if row["Speed"] == "1"}
    for row in rows:
        baseline = baselines[row["Program"]]
        if row["Engine"].startswith("autograd") and row is not baseline:
            other = f"{baseline['Engine']}, {baseline['Time']}"
            what = f"{row['Program']}: {row['Engine']}"
            yield table.line(what, row["Time"], other, row["Speed"].replace("**", ""))


if __name__ == "__main__":
    main()
