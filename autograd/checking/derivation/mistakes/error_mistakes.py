"""The mistakes that people make at the error itself, in its targets and probabilities.

Targets are left out or mixed up, or a derivative that cancels in a cross-entropy is kept.
"""

from collections.abc import Iterator
from itertools import combinations

from autograd.checking.derivation.mistakes.mistake import Mistake
from autograd.checking.derivation.mistakes.paths import Paths, is_share
from autograd.checking.derivation.mistakes.textbook import derivative, safely
from autograd.checking.derivation.solution import Solution
from autograd.notation import is_made_by, rule_of
from autograd.value import Value

# A larger graph is not computed again.
_LARGEST_RECOMPUTED = 500
# Among more targets than these, none is tried on its own.
_MOST_ALONE = 8


def wrong_terms(paths: Paths) -> Iterator[Mistake]:
    """A 1 at the wrong class of a softmax."""
    for edge in paths.edges:
        if is_made_by(edge.consumer, "exp"):
            slope = paths.tangents[edge.operand]
            for sign, said in ((-1, "subtracted from"), (1, "missing in")):
                name = paths.name(edge.operand)
                words = f"1 is {said} the probability of {name}: is it the class of the target?"
                yield Mistake("wrong term", name, paths.gradient + sign * slope, words)
    places = {x: node for node in paths.nodes for x in node.parents if x.label and not x.parents}
    families = {x: paths.relatives(x) for x in places}
    for one, other in combinations(sorted(places, key=paths.name), 2):
        is_like = any(unit is places[other] for unit in paths.alike(places[one]))
        if is_like or families[one] is families[other]:
            values = paths.solution.values
            number = paths.with_operands({one: values[other], other: values[one]})
            words = f"{paths.name(one)} and {paths.name(other)} are mixed up"
            # Targets are in the error itself, weights and inputs come before it.
            is_target = paths.is_error(paths.landmarks[places[one]])
            kind = "wrong term" if is_target else "transposed"
            yield Mistake(kind, paths.name(one), number, words)


def left_out_at_the_error(paths: Paths) -> Iterator[Mistake]:
    """y or y + t in place of y - t, and 1 in place of the weight of a term of the error."""
    solution = paths.solution
    if len(solution.order) > _LARGEST_RECOMPUTED:
        return

    def is_near(leaf: Value) -> bool:
        uses = solution.problem.uses.get(leaf, ())
        return bool(uses) and all(paths.is_error(paths.landmarks[x]) for x, _ in uses)

    leaves = {x: number for x, number in solution.values.items() if not x.parents}
    near = {x for x in leaves if x.label and x is not paths.node and is_near(x)}
    alone = [(x,) for x in leaves if x in near]
    together = [tuple(x for x in paths.relatives(leaf) if x in near) for (leaf,) in alone]
    for group in dict.fromkeys((*together, *(alone if len(alone) <= _MOST_ALONE else ()))):
        listed = ", ".join(map(paths.name, group))
        opposite = {x: -leaves[x] for x in group}
        for kind, moved, words in (
            ("missing term", dict.fromkeys(group, 0), f"this is the gradient without {listed}"),
            ("sign", opposite, f"the sign of {listed} is wrong"),
            ("missing factor", dict.fromkeys(group, 1), f"the factor {listed} is missing"),
        ):
            other = Solution(solution.problem, {**leaves, **moved}, solution.claimed)
            yield Mistake(kind, listed, other.gradients[paths.node], words)


def cancelled_slopes(paths: Paths) -> Iterator[Mistake]:
    """The derivative of a sigmoid or softmax as a factor, where cross-entropy cancels it."""
    form = derivative("sigmoid", 0)
    assert form is not None
    numbers = paths.solution.values
    slopes = {
        edge.operand: safely("sigmoid", numbers[edge.operand])[1][0]
        for edge in paths.edges
        if rule_of(edge.consumer) in ("softplus", "exp")
    }
    slopes |= {x: form(numbers[x], numbers[x]) for x in paths.nodes if is_share(x)}
    for node, slope in slopes.items():
        name = paths.name(node)
        words = f"the derivative of a sigmoid at {name} is a factor too many: it is counted already"
        yield Mistake("counted twice", name, paths.gradient * slope, words)


def argument_for_probability(paths: Paths) -> Iterator[Mistake]:
    """z - t in place of p - t, where cross-entropy cancels the derivative of a sigmoid."""
    values, name = paths.solution.values, paths.name
    for node, edges in paths.uses.items():
        if not any(rule_of(edge.consumer) == "log" for edge in edges):
            continue
        operand = node.parents[0] if node.parents and is_share(node) else node
        if rule_of(operand) in ("sigmoid", "exp"):
            argument = operand.parents[0]
            number = (values[argument] - values[node]) * paths.tangents[argument]
            words = f"{name(argument)} stands where {name(node)} belongs: {operand.op} is left out"
            yield Mistake("missing operation", name(node), paths.gradient + number, words)
