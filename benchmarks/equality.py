"""The condition for every comparison: all engines compute the same numbers."""

TOLERANCE = 1e-9


def require_equal(answers: dict[str, list[float]]) -> None:
    """Ends the run if an engine's numbers differ from those of the first, relative to their scale.

    Args:
        answers: the numbers of each engine.
    """
    (first, expected), *others = answers.items()
    scale = max(1, *map(abs, expected))
    for name, numbers in others:
        differences = [abs(x - y) for x, y in zip(numbers, expected, strict=True)]
        # `not <=` instead of `>`, because of nan.
        if not max(differences) <= TOLERANCE * scale or any(x != x for x in differences):
            raise SystemExit(
                f"{name} and {first} disagree by {max(differences)} in one of {len(numbers)} "
                f"numbers: {numbers[:5]} and {expected[:5]}"
            )
