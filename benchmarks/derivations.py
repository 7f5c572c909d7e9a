"""How well check_derivation judges what people write: right and wrong claims about 55 graphs.

    python -m benchmarks.derivations               # the table: about a minute
    python -m benchmarks.derivations --failures    # and each claim that is misjudged
    python -m benchmarks.derivations right wrong   # only some parts

The corpus is in `tests/derivations`: claims, each with its meaning written independently in Python;
honest sheets, whose figures were rounded and are otherwise right; and all that `explain` prints.
`tests/test_derivations_corpus.py` compares it with differences over mpmath's numbers.
"""

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tests.derivations.judging import Judged, explained, faultless, right_claims, wrong_claims


def percent(count: int, total: int) -> str:
    """A share as a count and in percent."""
    return f"{count} of {total} ({100 * count / max(total, 1):.1f} %)"


def by_group(judged: Iterable[Judged], columns: dict[str, Callable[[Judged], bool]]) -> str:
    """A table with a row for each group, and a column for each thing counted."""
    groups: dict[str, Counter[str]] = {}
    for one in judged:
        counts = groups.setdefault(one.group, Counter())
        counts["claims"] += 1
        counts.update(name for name, holds in columns.items() if holds(one))
    names = ("claims", *columns)
    rows = [f"  {'':24}" + "".join(f"{name:>16}" for name in names)]
    for group, counts in sorted(groups.items()):
        rows.append(f"  {group:24}" + "".join(f"{counts[name]:16}" for name in names))
    return "\n".join(rows)


ON_RIGHT: dict[str, Callable[[Judged], bool]] = {
    "accepted": lambda one: one.is_accepted,
    "called wrong": lambda one: one.verdict == "wrong",
    "unreadable": lambda one: one.verdict == "unreadable",
}
ON_WRONG: dict[str, Callable[[Judged], bool]] = {
    "called right": lambda one: one.is_accepted,
    "unreadable": lambda one: one.verdict == "unreadable",
    "named rightly": lambda one: one.is_named,
    "named wrongly": lambda one: one.is_misnamed,
    "unnamed": lambda one: one.verdict == "wrong" and one.kind is None,
}


class Part(NamedTuple):
    """A part of the corpus.

    Attributes:
        title: what it contains.
        grouped_by: what the claims are grouped by.
        columns: what is counted.
        judged: judges the claims; those of a sheet are judged together.
        is_as_it_should_be: whether the judgement of a claim is right.
    """

    title: str
    grouped_by: str
    columns: dict[str, Callable[[Judged], bool]]
    judged: Callable[[], Iterable[Sequence[Judged]]]
    is_as_it_should_be: Callable[[Judged], bool] = lambda one: one.is_accepted


PARTS = {
    "right": Part("right claims", "notation", ON_RIGHT, lambda: [right_claims()]),
    "wrong": Part(
        "wrong claims", "mistake", ON_WRONG, lambda: [wrong_claims()], lambda one: one.is_named
    ),
    "sheets": Part("figures on honest sheets", "rounding", ON_RIGHT, faultless),
    "explain": Part("what explain prints", "form", ON_RIGHT, lambda: [explained()]),
}


def summary(
    title: str, judged: Sequence[Judged], columns: dict[str, Callable[[Judged], bool]]
) -> str:
    """How many claims there are in each column."""
    lines = [f"{title}: {len(judged)}"]
    for name, holds in columns.items():
        lines.append(f"  {name:16} {percent(sum(map(holds, judged)), len(judged))}")
    return "\n".join(lines)


def main() -> None:
    """Prints the summary, its details, and the failures if they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.derivations")
    parser.add_argument("parts", nargs="*", metavar="PART", help="default: all of them")
    parser.add_argument("--failures", action="store_true", help="print each misjudged claim")
    arguments = parser.parse_args()
    parts = arguments.parts or PARTS
    begin = time.perf_counter()
    everything: list[Judged] = []
    failures: list[Judged] = []
    details: list[str] = []
    for name in filter(parts.__contains__, PARTS):
        part = PARTS[name]
        sheets = list(part.judged())
        judged = [one for sheet in sheets for one in sheet]
        if name == "sheets":
            perfect = sum(all(one.is_accepted for one in sheet) for sheet in sheets)
            print(f"honest sheets called right in full: {percent(perfect, len(sheets))}")
        print(summary(part.title, judged, part.columns), "\n")
        details.append(f"{part.title}, by {part.grouped_by}\n{by_group(judged, part.columns)}")
        failures += [one for one in judged if not part.is_as_it_should_be(one)]
        everything += judged
    seconds = [one.seconds for one in everything]
    slowest = max(everything, key=lambda one: one.seconds)
    print(
        f"time per claim: median {1e3 * statistics.median(seconds):.1f} ms, "
        f"longest {1e3 * max(seconds):.0f} ms ({slowest.where}: {str(slowest.text)[:60]!r}); "
        f"{time.perf_counter() - begin:.0f} s in all\n"
    )
    print("\n\n".join(details))
    if arguments.failures:
        print("\nfailures")
        for one in failures:
            print(one)


if __name__ == "__main__":
    main()
