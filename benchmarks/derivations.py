"""How well check_derivation judges what people write: right and wrong claims about 55 graphs.

    python -m benchmarks.derivations               # the table: about a minute
    python -m benchmarks.derivations --failures    # and each claim that is judged wrongly
    python -m benchmarks.derivations right wrong   # some parts

The corpus is in `tests/derivations`: claims with what each means in Python by another hand, honest
sheets, in which every figure was rounded and nothing else happened, and all that `explain` prints.
`tests/test_derivations_corpus.py` compares it with differences over mpmath's numbers.
"""

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from tests.derivations.judging import Judged, explained, faultless, right_claims, wrong_claims

PARTS = ("right", "wrong", "sheets", "explain")


def percent(count: int, total: int) -> str:
    """A share in words."""
    return f"{count} of {total} ({100 * count / max(total, 1):.1f} %)"


def by_group(judged: Iterable[Judged], columns: dict[str, Callable[[Judged], bool]]) -> str:
    """A table with a row for each group, and a column for what is counted."""
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


def summary(
    title: str, judged: Sequence[Judged], columns: dict[str, Callable[[Judged], bool]]
) -> str:
    """How many there are in each column."""
    lines = [f"{title}: {len(judged)}"]
    for name, holds in columns.items():
        lines.append(f"  {name:16} {percent(sum(map(holds, judged)), len(judged))}")
    return "\n".join(lines)


def main() -> None:
    """Prints the table, what it is made of, and the failures if they are asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.derivations")
    parser.add_argument("parts", nargs="*", metavar="PART", help="default: all of them")
    parser.add_argument("--failures", action="store_true", help="print each claim judged wrongly")
    arguments = parser.parse_args()
    parts = arguments.parts or PARTS
    begin = time.perf_counter()
    everything: list[Judged] = []
    failures: list[Judged] = []
    details: list[str] = []
    if "right" in parts:
        right = right_claims()
        print(summary("right claims", right, ON_RIGHT), "\n")
        details.append("right claims, by notation\n" + by_group(right, ON_RIGHT))
        failures += [one for one in right if not one.is_accepted]
        everything += right
    if "wrong" in parts:
        wrong = wrong_claims()
        print(summary("wrong claims", wrong, ON_WRONG), "\n")
        details.append("wrong claims, by mistake\n" + by_group(wrong, ON_WRONG))
        failures += [one for one in wrong if not one.is_named]
        everything += wrong
    if "sheets" in parts:
        on_sheets = list(faultless())
        figures = [one for sheet in on_sheets for one in sheet]
        perfect = sum(all(one.is_accepted for one in sheet) for sheet in on_sheets)
        print(f"honest sheets called right in full: {percent(perfect, len(on_sheets))}")
        print(summary("figures on them", figures, ON_RIGHT), "\n")
        details.append("figures on honest sheets, by rounding\n" + by_group(figures, ON_RIGHT))
        failures += [one for one in figures if not one.is_accepted]
        everything += figures
    if "explain" in parts:
        lines = explained()
        print(summary("what explain prints", lines, ON_RIGHT), "\n")
        details.append("what explain prints, by form\n" + by_group(lines, ON_RIGHT))
        failures += [one for one in lines if not one.is_accepted]
        everything += lines
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
