"""The mistakes that people make in a gradient as a whole, at the error, and in an update.

Targets are left out or mixed up, the matrix of a layer is transposed, or another number stands in
place of the gradient.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from autograd.checking.derivation.layers import is_share
from autograd.checking.derivation.mistakes import (
    Mistake,
    decimal_slips,
    factors,
    transposition,
)
from autograd.checking.derivation.mistakes.path_mistakes import Paths
from autograd.checking.derivation.mistakes.textbook import derivative, safely
from autograd.checking.derivation.solution import QUANTITIES, Edge, Figure
from autograd.notation import is_made_by, rule_of
from autograd.numbers.kinds import Number
from autograd.value import Value

_MADE_OF = {"step": " (learning rate times gradient)", "update": " (minus the step)"}
_DIFFERENCES = (1, 0.5, 0.1, 0.01, 0.001)
# A larger graph is not computed again.
_LARGEST_RECOMPUTED = 500
# Among more targets than these, none is tried on its own.
_MOST_ALONE = 8


def in_the_last_step(
    paths: Paths, figure: Figure, start: Number, scale: Number
) -> Iterator[Mistake]:
    """Mistakes in the step from the gradient to the figure, and a wrong sign of the whole."""
    solution, node, own_name = paths.solution, figure.node, paths.name(figure.node)
    sign = Mistake("sign", own_name, start - scale * paths.gradient, "the sign is wrong")
    if figure.quantity == "new value":
        words = "this is the number from before the update: the step is missing"
        yield Mistake("old value", own_name, start, words)
        yield replace(sign, words="the step is added, not subtracted")
    else:
        yield from _zero(paths)
        yield replace(sign, hint=_hint_on_minus(paths))
    rate = solution.problem.learning_rate
    if figure.quantity != "gradient":
        number = start + scale * paths.gradient / rate
        yield Mistake("factor", "learning rate", number, "the learning rate is missing")
        # Multiplying by a rate such as 0.05, people misplace the decimal point. In a gradient, it
        # is likelier that a weight of 0.1 was forgotten.
        for slip in slips_of_the_point(paths):
            yield replace(slip, number=start + scale * slip.number)
    if start:
        yield from decimal_slips(solution.number(figure), solution.problem.title(figure))
    for quantity in QUANTITIES[1:] if rate is not None else ():
        if quantity != figure.quantity and (quantity != "new value" or not node.parents):
            other = Figure(quantity, node)
            words = f"this is the {quantity}{_MADE_OF.get(quantity, '')}, not the {figure.quantity}"
            title = solution.problem.title(other)
            yield Mistake("update", title, solution.number(other), words)


def _zero(paths: Paths) -> Iterator[Mistake]:
    """A gradient of 0."""
    for edge in paths.edges:
        if edge.operand is paths.node and paths.share(edge):
            through, error = paths.name(paths.landmark(edge)), paths.name(paths.error)
            words = f"0 says that {error} does not change with {paths.name(paths.node)}"
            words += ", but it does" + ("" if through == error else f", through {through}")
            yield Mistake("missing path", through, 0, words)
            return


def _hint_on_minus(paths: Paths) -> str:
    """A hint at the first minus that a rule puts on a path to the error; "" if there is none."""
    for edge in paths.edges:
        is_second = edge.operand_index == 1
        has_minus = is_second and is_made_by(edge.consumer, "sub", "div")
        if has_minus or is_made_by(edge.consumer, "neg"):
            return (
                f"Follow each minus sign: the derivative of {paths.name(edge.consumer)} "
                f"with respect to {paths.name(edge.operand)} has one."
            )
    return ""


# In the gradient as a whole


def twice_or_half(paths: Paths) -> Iterator[Mistake]:
    """The gradient times 2 or 1/2."""
    return factors(paths.gradient, paths.name(paths.node))


def slips_of_the_point(paths: Paths) -> Iterator[Mistake]:
    """The gradient with its decimal point elsewhere."""
    return decimal_slips(paths.gradient, paths.name(paths.node))


def counts_of_terms(paths: Paths) -> Iterator[Mistake]:
    """The gradient of a sum for that of its mean, and the other way round."""
    terms_of: dict[Value, int] = {}
    for node in paths.order:
        if is_made_by(node, "add", "sum"):
            # The 0 that a sum starts from is not a term.
            addends = [x for x in node.parents if x.label or x.parents or x.data]
            terms_of[node] = sum(terms_of.get(parent, 1) for parent in addends)
    means = [edge.operand for edge in paths.edges if _is_scaled(edge)]
    counts = {terms_of.get(node, 0) for node in (*means, paths.error)}
    right = paths.gradient
    # With two terms, the mistake is named as a factor of 2 or 1/2.
    for count in sorted(n for n in counts if n > 2):
        for where, number, said in (
            (f"{count}", count * right, f"{count} times the right number"),
            (f"1/{count}", right / count, f"the right number divided by {count}"),
            # Together with the 2 of a square, as in 2/3.
            (f"{count}/2", right * count / 2, f"{count}/2 times the right number"),
            (f"2/{count}", right * 2 / count, f"2/{count} times the right number"),
        ):
            words = f"the sum or mean has {count} terms: it is {said}"
            yield Mistake("factor", where, number, words)


def _is_scaled(edge: Edge) -> bool:
    """Whether the operand is multiplied or divided by a constant, as in a mean."""
    is_product = is_made_by(edge.consumer, "mul", "div")
    return is_product and any(not x.parents and not x.label for x in edge.consumer.parents)


def extra_own_factor(paths: Paths) -> Iterator[Mistake]:
    """A bias as a factor, as a weight has its input; 15 * x ** 3 for 15 * x ** 2."""
    name = paths.name(paths.node)
    words = f"there is a factor {name} too many"
    number = paths.gradient * paths.values[paths.node]
    if any(edge.rule == "pow" for edge in paths.uses.get(paths.node, ())):
        words = f"{words}: each exponent is lowered by 1"
        yield Mistake("wrong derivative", name, number, words)
    else:
        yield Mistake("extra factor", name, number, words)


def upside_down_as_a_whole(paths: Paths) -> Iterator[Mistake]:
    """r / x in place of x / r."""
    if paths.gradient:
        words = "the fraction is upside down: this is 1 divided by the right number"
        yield Mistake("wrong derivative", paths.name(paths.node), 1 / paths.gradient, words)


# At the error


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
    families = {x: paths.layers.relatives(x) for x in places}
    for one, other in combinations(sorted(places, key=paths.name), 2):
        is_like = any(unit is places[other] for unit in paths.layers.alike(places[one]))
        if is_like or families[one] is families[other]:
            values = paths.values
            number = paths.with_operands({one: values[other], other: values[one]})
            words = f"{paths.name(one)} and {paths.name(other)} are mixed up"
            # Targets are in the error itself, weights and inputs come before it.
            is_target = paths.is_error(paths.layers.landmarks[places[one]])
            kind = "wrong term" if is_target else "transposed"
            yield Mistake(kind, paths.name(one), number, words)


def left_out_at_the_error(paths: Paths) -> Iterator[Mistake]:
    """y or y + t in place of y - t, and 1 in place of the weight of a term of the error."""
    if len(paths.order) > _LARGEST_RECOMPUTED:
        return

    def is_near(leaf: Value) -> bool:
        uses = paths.solution.problem.uses.get(leaf, ())
        return bool(uses) and all(paths.is_error(paths.landmark(x)) for x in uses)

    leaves = [x for x in paths.values if x.label and not x.parents and x is not paths.node]
    near = {x: paths.values[x] for x in leaves if is_near(x)}
    alone = [(x,) for x in near]
    together = [tuple(x for x in paths.layers.relatives(leaf) if x in near) for leaf in near]
    for group in dict.fromkeys((*together, *(alone if len(alone) <= _MOST_ALONE else ()))):
        listed = ", ".join(map(paths.name, group))
        opposite = {x: -near[x] for x in group}
        for kind, moved, words in (
            ("missing term", dict.fromkeys(group, 0), f"this is the gradient without {listed}"),
            ("sign", opposite, f"the sign of {listed} is wrong"),
            ("missing factor", dict.fromkeys(group, 1), f"the factor {listed} is missing"),
        ):
            number = paths.solution.with_leaves(moved).gradients[paths.node]
            yield Mistake(kind, listed, number, words)


def cancelled_slopes(paths: Paths) -> Iterator[Mistake]:
    """The derivative of a sigmoid or softmax as a factor, where cross-entropy cancels it."""
    form = derivative("sigmoid", 0)
    assert form is not None
    numbers = paths.values
    slopes = {
        edge.operand: safely("sigmoid", numbers[edge.operand])[1][0]
        for edge in paths.edges
        if edge.rule in ("softplus", "exp")
    }
    slopes |= {x: form(numbers[x], numbers[x]) for x in paths.nodes if is_share(x)}
    for node, slope in slopes.items():
        name = paths.name(node)
        words = f"the derivative of a sigmoid at {name} is a factor too many: it is counted already"
        yield Mistake("counted twice", name, paths.gradient * slope, words)


def argument_for_probability(paths: Paths) -> Iterator[Mistake]:
    """z - t in place of p - t, where cross-entropy cancels the derivative of the sigmoid."""
    values, name = paths.values, paths.name
    for node, edges in paths.uses.items():
        if not any(edge.rule == "log" for edge in edges):
            continue
        operand = node.parents[0] if node.parents and is_share(node) else node
        if rule_of(operand) in ("sigmoid", "exp"):
            argument = operand.parents[0]
            number = (values[argument] - values[node]) * paths.tangents[argument]
            words = f"{name(argument)} stands where {name(node)} belongs: {operand.op} is left out"
            yield Mistake("missing operation", name(node), paths.gradient + number, words)


# Other numbers


def transposed(paths: Paths) -> Iterator[Mistake]:
    """The matrix of a layer transposed, in the backward pass alone or in both."""
    name = paths.name
    for pairs in paths.layers.transposed:
        partner = pairs.get(paths.node)
        if partner is not None and partner is not paths.node:
            words = f"this is the one of {name(partner)}: the matrix is transposed"
            yield Mistake("transposed", name(partner), paths.gradients[partner], words)
        moved = {weight: paths.values[other] for weight, other in pairs.items()}
        yield transposition(map(name, pairs), paths.with_operands(moved))
        in_both = paths.solution.with_leaves(moved)
        yield transposition(map(name, pairs), in_both.gradients[paths.node])


def new_for_old(paths: Paths) -> Iterator[Mistake]:
    """The gradient through weights that are already updated."""
    if paths.solution.problem.learning_rate is None:
        return
    beyond = [edge for edge in paths.edges if edge.operand is not paths.node]
    operands = dict.fromkeys(x for edge in beyond for x in edge.consumer.parents)
    new: dict[Value, Number] = {}
    for leaf in operands:
        if leaf.label and not leaf.parents and leaf is not paths.node:
            number = paths.solution.number(Figure("new value", leaf))
            changed = paths.with_operands({leaf: number})
            if changed != paths.gradient:
                new[leaf] = number
                words = f"the gradient goes through {leaf.label} after the update, not before"
                yield Mistake("new value", leaf.label, changed, words)
    if len(new) > 1:
        words = f"the gradient goes through {', '.join(map(paths.name, new))} after the update"
        yield Mistake("new value", "all weights", paths.with_operands(new), words)


def number_itself(paths: Paths) -> Iterator[Mistake]:
    """The number of the node or of the error."""
    name = paths.name(paths.node)
    for node in (paths.node, paths.error):
        words = f"this is {paths.name(node)} itself, not the derivative with respect to {name}"
        if rule_of(node) == "exp" and node.parents[0] is not paths.node:
            # exp is its own derivative.
            exponent = paths.name(node.parents[0])
            words = f"the derivative of {exponent} with respect to {name} is missing"
            yield Mistake("missing derivative", name, paths.values[node], words)
        yield Mistake("value", name, paths.values[node], words)


def finite_differences(paths: Paths) -> Iterator[Mistake]:
    """A difference quotient."""
    node = paths.node
    here = paths.values[node]

    def error(moved: Number) -> Number:
        return paths.solution.values_with({node: moved})[paths.error]

    for size in _DIFFERENCES:
        before, now, after = error(here - size), error(here), error(here + size)
        quotients = {
            "forward": (after - now) / size,
            "backward": (now - before) / size,
            "central": (after - before) / (2 * size),
        }
        for name, number in quotients.items():
            words = (
                f"this is a {name} difference with a step of {size}, "
                "which is only near the derivative"
            )
            yield Mistake("finite difference", paths.name(node), number, words)


def other_nodes(paths: Paths) -> Iterator[Mistake]:
    """The gradient of another node."""
    for node, number in paths.gradients.items():
        if node.label and node is not paths.node:
            words = f"this is the one of {node.label}"
            yield Mistake("another node", node.label, number, words)


def copied_numbers(paths: Paths) -> Iterator[Mistake]:
    """The number of another node."""
    for node, number in paths.values.items():
        if node.label and node is not paths.node and node is not paths.error:
            words = f"this is the number of {node.label}, not a derivative"
            yield Mistake("copied number", node.label, number, words)
