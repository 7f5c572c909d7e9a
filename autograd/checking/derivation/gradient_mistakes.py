"""The mistakes that people make in a gradient, and in what an update makes of it.

None of them is a formula: each comes from the graph by changing one thing. One more is a function
that says what is changed, and its place in the table below: of several that lead to a claim, the
simplest is the likeliest.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, combinations

from autograd.checking.derivation.layers import square_matrices
from autograd.checking.derivation.local_mistakes import (
    LocalMistake,
    counted_twice,
    derivative_as_a_factor,
    derivative_at_an_inner_point,
    derivative_in_other_units,
    derivative_of_a_known_function,
    derivative_of_any_function,
    extra_factor,
    function_itself,
    misremembered_derivative,
    missing_derivative,
    missing_exponent,
    number_of_a_neighbour,
    other_operand,
    other_point,
    other_sign,
    power_rule_on_an_exponential,
)
from autograd.checking.derivation.mistake import (
    Mistake,
    decimal_slips,
    factors,
    partners,
    transposed,
    transposition,
)
from autograd.checking.derivation.paths import Edge, Paths
from autograd.checking.derivation.solution import QUANTITIES, Figure, Solution, evaluated
from autograd.checking.derivation.textbook import derivative, rule_of, safely
from autograd.graph import replay
from autograd.numbers.kinds import Number
from autograd.sums import is_made_by, terms
from autograd.value import Value

_MADE_OF = {"step": " (learning rate times gradient)", "update": " (minus the step)"}
_DIFFERENCES = (1, 0.5, 0.1, 0.01, 0.001)
# Of more units, nobody adds up all.
_MANY = 12

PathMistake = Callable[[Paths], Iterator[Mistake]]


def gradient_mistakes(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is made of it.

    Args:
        solution: the numbers in which the mistake was made.
        figure: of any quantity but a value.

    Returns:
        Groups of mistakes, the likelier first.
    """
    node = figure.node
    rate = solution.problem.learning_rate
    # The figure is start + scale * gradient.
    start = solution.values[node] if figure.quantity == "new value" else 0
    scale = {"gradient": 1, "step": rate}.get(figure.quantity) or -rate
    paths = Paths(solution, node)
    first = _in_what_is_made_of_it(paths, figure, start, scale)
    for group in _LIKELIEST_FIRST:
        made = chain.from_iterable(mistakes(paths) for mistakes in group)
        yield chain(first, (replace(m, number=start + scale * m.number) for m in made))
        first = iter(())


def _in_what_is_made_of_it(
    paths: Paths, figure: Figure, start: Number, scale: Number
) -> Iterator[Mistake]:
    """Mistakes in the step from a gradient to the figure, and a wrong sign of the whole."""
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
    for quantity in QUANTITIES[1:] if rate is not None else ():
        if quantity != figure.quantity and (quantity != "new value" or not node.parents):
            other = Figure(quantity, node)
            words = f"this is the {quantity}{_MADE_OF.get(quantity, '')}, not the {figure.quantity}"
            title = solution.problem.title(other)
            yield Mistake("update", title, solution.number(other), words)


def _zero(paths: Paths) -> Iterator[Mistake]:
    """A gradient of 0."""
    for edge in paths.edges:
        if edge.operand is paths.node and paths.share(edge, paths.partial(edge)):
            through, error = paths.name(paths.landmarks[edge.consumer]), paths.name(paths.error)
            words = f"0 says that {error} does not change with {paths.name(paths.node)}"
            words += ", but it does" + ("" if through == error else f", through {through}")
            yield Mistake("missing path", through, 0, words)
            return


def _hint_on_minus(paths: Paths) -> str:
    """Where the first minus is that a rule puts on the way to the error, if there is one."""
    for edge in paths.edges:
        is_second = edge.operand_index == 1
        has_minus = is_second and is_made_by(edge.consumer, "sub", "div")
        if has_minus or is_made_by(edge.consumer, "neg"):
            return (
                f"Follow each minus sign: the derivative of {paths.name(edge.consumer)} "
                f"with respect to {paths.name(edge.operand)} has one."
            )
    return ""


# Of the whole


def _factors(paths: Paths) -> Iterator[Mistake]:
    return factors(paths.gradient, paths.name(paths.node))


def _decimal_slips(paths: Paths) -> Iterator[Mistake]:
    return decimal_slips(paths.gradient, paths.name(paths.node))


def _counts_of_terms(paths: Paths) -> Iterator[Mistake]:
    terms_of: dict[Value, int] = {}
    for node in paths.solution.order:
        if is_made_by(node, "add", "sum"):
            terms_of[node] = sum(terms_of.get(parent, 1) for parent in node.parents)
    means = [edge.operand for edge in paths.edges if _is_scaled(edge)]
    for count in sorted({terms_of.get(node, 0) for node in (*means, paths.error)}):
        # Of two terms, a factor of 2 or 1/2 is named as such.
        if count > 2:
            start = f"the sum or mean has {count} terms: it is"
            words = f"{start} {count} times the right number"
            yield Mistake("factor", str(count), count * paths.gradient, words)
            words = f"{start} the right number divided by {count}"
            yield Mistake("factor", f"1/{count}", paths.gradient / count, words)
            # With the 2 of a square, 2/3 is one factor.
            words = f"{start} {count}/2 times the right number"
            yield Mistake("factor", f"{count}/2", paths.gradient * count / 2, words)
            words = f"{start} 2/{count} times the right number"
            yield Mistake("factor", f"2/{count}", paths.gradient * 2 / count, words)


def _is_scaled(edge: Edge) -> bool:
    """Whether a sum is divided by a number, or multiplied, as in a mean."""
    is_product = is_made_by(edge.consumer, "mul", "div")
    return is_product and any(not x.parents and not x.label for x in edge.consumer.parents)


# At one step


def _at_one_step(change: LocalMistake, paths: Paths) -> Iterator[Mistake]:
    for edge in paths.edges:
        for made in change(paths, edge):
            number = paths.with_partial(edge, made.number)
            yield Mistake(made.kind, paths.name(edge.consumer), number, made.words)


# At all steps that are alike


def _alike(change: LocalMistake, paths: Paths) -> Iterator[Mistake]:
    for rule, edges in paths.repeated():
        partials: dict[tuple[str, str], dict[Edge, Number]] = {}
        words: dict[tuple[str, str], str] = {}
        for edge in edges:
            for made in change(paths, edge):
                key = made.kind, made.sort
                partials.setdefault(key, {})[edge] = made.number
                words.setdefault(key, made.words)
        for key, changes in partials.items():
            if len(changes) > 1:
                number = paths.with_partials(changes)
                yield Mistake(key[0], rule, number, f"{words[key]}, and so each time")


# On the way


def _missing_beyond(paths: Paths) -> Iterator[Mistake]:
    error = paths.name(paths.error)
    for node in paths.solution.order:
        # All of the gradient comes through it.
        if node.label and node is not paths.node and paths.is_all(paths.through(node)):
            words = (
                f"this is the derivative of {node.label}: the derivative of "
                f"{error} with respect to {node.label} is missing"
            )
            yield Mistake("missing derivative", node.label, paths.tangents[node], words)


def _missing_before(paths: Paths) -> Iterator[Mistake]:
    """f'(u) in place of f'(u) u', for one part of the gradient."""
    for node in paths.nodes:
        if node.label and node is not paths.error:
            number = paths.gradient - paths.through(node) + paths.solution.gradients[node]
            with_respect = f"with respect to {paths.name(paths.node)}"
            words = f"the derivative of {node.label} {with_respect} is missing"
            yield Mistake("missing derivative", node.label, number, words)


def _missing_steps(paths: Paths) -> Iterator[Mistake]:
    """Several steps left out: the derivative with respect to y taken for that to z."""
    for start in (paths.node, *paths.nodes):
        is_passed = start is paths.node or paths.is_all(paths.through(start))
        if not start.label or not is_passed:
            continue
        for end in paths.nodes:
            if end.label and end is not start and end is not paths.error:
                number = paths.solution.gradients[end] * paths.tangents[start]
                if start is paths.node:
                    number = paths.solution.gradients[end]
                is_all = paths.is_all(paths.through(end))
                words = f"between {paths.name(start)} and {end.label}, the derivative is missing"
                kind = "missing derivative" if is_all else "wrong term"
                yield Mistake(kind, end.label, number, words)


def _product_rule(paths: Paths) -> Iterator[Mistake]:
    """One term of a product or a quotient in which both operands depend on the node."""
    for node in paths.nodes:
        edges = [Edge(node, i) for i in range(len(node.parents)) if paths.tangents[node.parents[i]]]
        is_named = any(x is paths.node for x in node.parents) and any(
            x.label and x.parents for x in node.parents
        )
        # In u * h(u), a person follows the paths; in exp(z) / (exp(z) + c), a probability.
        if len(edges) == 2 and is_made_by(node, "mul", "div") and not is_named:
            for edge in edges if not _is_share(node) else ():
                words = (
                    f"both operands of {paths.name(node)} depend on {paths.name(paths.node)}, and "
                    f"the term with the derivative of {paths.name(edge.operand)} is missing"
                )
                hint = "(u v)' is u' v + u v', and (u / v)' is (u' v - u v') / v^2."
                number = paths.with_partial(edge, 0)
                yield Mistake("combined wrongly", paths.name(node), number, words, hint)


def _is_share(node: Value) -> bool:
    """Whether a node is a part divided by the sum of all parts, as in softmax."""
    if not is_made_by(node, "div"):
        return False
    part, total = node.parents
    addends = terms(total, lambda x: is_made_by(x, "add", "sum"))
    parts = [x for x, factor in addends if factor is None]
    return any(
        x is part or (x.op == part.op and x.parents and x.parents[0] is part.parents[0])
        for x in parts
    )


def _missing_paths(paths: Paths) -> Iterator[Mistake]:
    for node, edges in paths.uses.items():
        if len(edges) < 2:
            continue
        shares = [paths.share(edge, paths.partial(edge)) for edge in edges]
        for edge, share in zip(edges, shares, strict=True):
            through = paths.name(paths.landmarks[edge.consumer])
            words = f"{paths.name(node)} is used {len(edges)} times, and the gradients are added"
            missing = f"{words}: the path through {through} is missing"
            yield Mistake("missing path", through, paths.gradient - share, missing)
            if len(edges) > 2:
                only = paths.gradient - sum(shares) + share
                alone = f"{words}: here is the path through {through} alone"
                yield Mistake("missing path", f"{through} alone", only, alone)


def _paths_through_nodes(paths: Paths) -> Iterator[Mistake]:
    """The same, of paths that part and meet: through one probability of a softmax, say."""
    for node in paths.nodes:
        share = paths.through(node)
        if share and node.label and not paths.is_all(share):
            name = node.label
            words = f"what comes through {name} is one part of several"
            missing = f"{words}, and it is missing"
            yield Mistake("missing path", name, paths.gradient - share, missing)
            yield Mistake("missing path", f"{name} alone", share, f"{words}, and here alone")


def _repeated_paths(paths: Paths) -> Iterator[Mistake]:
    for edges in paths.uses.values():
        for edge in edges if len(edges) > 1 else ():
            through = paths.name(paths.landmarks[edge.consumer])
            share = paths.share(edge, paths.partial(edge))
            if rule_of(edge.consumer) == "pow":
                name = paths.name(edge.consumer)
                words = (
                    f"the term from {name} is {{}}: look at its exponent and at what is before it"
                )
                twice, half = (
                    words.format("twice the right one"),
                    words.format("half the right one"),
                )
                yield Mistake("factor", name, paths.gradient + share, twice)
                yield Mistake("factor", name, paths.gradient - share / 2, half)
            else:
                words = f"the path through {through} is counted twice"
                yield Mistake("counted twice", through, paths.gradient + share, words)


def _extra_paths(paths: Paths) -> Iterator[Mistake]:
    """The gradient of another unit of the layer, added to that of the one on the path."""
    gradients, tangents, name = paths.solution.gradients, paths.tangents, paths.name
    for node in (paths.node, *paths.nodes):
        for layer in (paths.alike(node), paths.namesakes(node)):
            others = [unit for unit in layer if unit is not node]
            if not others or len(others) > _MANY:
                continue
            start = 1 if node is paths.node else tangents[node]
            for added in ([unit] for unit in others) if len(others) > 1 else ():
                yield _extra_path(paths, added, name(node), gradients[added[0]] * start)
            total = sum(gradients[unit] for unit in layer)
            on_paths = {unit: tangents[unit] for unit in layer if tangents[unit]} | {node: start}
            # Each gets the sum of all.
            extra = sum((total - gradients[unit]) * slope for unit, slope in on_paths.items())
            yield _extra_path(paths, others, name(node), extra)


def _extra_path(paths: Paths, added: Sequence[Value], through: str, extra: Number) -> Mistake:
    listed = ", ".join(map(paths.name, added))
    words = f"the gradient of {listed} is added, and no path through {through} goes there"
    return Mistake("extra path", listed, paths.gradient + extra, words)


def _kept_constants(paths: Paths) -> Iterator[Mistake]:
    """2 * x + 3 as the derivative of x ** 2 + 3."""
    for node in paths.nodes:
        for leaf in node.parents if is_made_by(node, "add", "sub", "sum") else ():
            if not leaf.parents and leaf is not paths.node and paths.solution.values[leaf]:
                sign = -1 if is_made_by(node, "sub") and leaf is node.parents[1] else 1
                kept = sign * paths.solution.values[leaf] * paths.solution.gradients[node]
                words = (
                    f"{paths.name(leaf)} in {paths.name(node)} does not change with "
                    f"{paths.name(paths.node)}: its derivative is 0"
                )
                yield Mistake("wrong derivative", paths.name(node), paths.gradient + kept, words)


def _combined_wrongly(paths: Paths) -> Iterator[Mistake]:
    """f' g' for (f g)', u' / v', paths multiplied, a product of means."""
    tangents, gradients, name = paths.tangents, paths.solution.gradients, paths.name
    for node in paths.nodes:
        rest = paths.gradient - paths.through(node)
        if len(node.parents) == 2 and all(tangents[x] for x in node.parents):
            u, v = (tangents[x] for x in node.parents)
            operands = f"{name(node.parents[0])} and {name(node.parents[1])}"
            if is_made_by(node, "mul"):
                words = (
                    f"the derivatives of {operands} are multiplied: that is not the product rule"
                )
                number = rest + gradients[node] * u * v
                yield Mistake("combined wrongly", name(node), number, words)
            elif is_made_by(node, "div") and not _is_share(node):
                words = f"the derivatives of {operands} are divided: that is not the quotient rule"
                number = rest + gradients[node] * u / v
                yield Mistake("combined wrongly", name(node), number, words)
                divisor = node.parents[1]
                words = f"the square of {name(divisor)} below is missing as an exponent"
                number = rest + paths.through(node) * paths.solution.values[divisor]
                yield Mistake("wrong derivative", name(node), number, words)
            elif is_made_by(node, "add", "sub"):
                words = f"the derivatives of {operands} are multiplied, not added"
                number = rest + gradients[node] * u * v
                yield Mistake("combined wrongly", name(node), number, words)
    for node, edges in paths.uses.items():
        if len(edges) < 2:
            continue
        rest = paths.gradient - paths.through(node)
        shares = [gradients[edge.consumer] * paths.partial(edge) for edge in edges]
        words = f"the paths from {name(node)} are multiplied: they are added"
        number = rest + math.prod(shares) * tangents[node]
        yield Mistake("combined wrongly", name(node), number, words)
        if node.parents:
            continue
        adjoints = sum(gradients[edge.consumer] for edge in edges)
        mean = adjoints * sum(map(paths.partial, edges)) / len(edges)
        words = (
            f"this is the product of two means: for {name(node)}, "
            "each product is made before the mean is taken"
        )
        number = rest + mean * tangents[node]
        yield Mistake("combined wrongly", name(node), number, words)


def _wrong_terms(paths: Paths) -> Iterator[Mistake]:
    """A 1 at the wrong class of a softmax."""
    for edge in paths.edges:
        if is_made_by(edge.consumer, "exp"):
            slope = paths.tangents[edge.operand]
            for sign, said in ((-1, "subtracted from"), (1, "missing in")):
                name = paths.name(edge.operand)
                words = f"1 is {said} the probability of {name}: is it the class of the target?"
                yield Mistake("wrong term", name, paths.gradient + sign * slope, words)
    places = {x: node for node in paths.nodes for x in node.parents if x.label and not x.parents}
    for one, other in combinations(sorted(places, key=paths.name), 2):
        if any(unit is places[other] for unit in paths.alike(places[one])):
            values = paths.solution.values
            number = paths.with_operands({one: values[other], other: values[one]})
            words = f"{paths.name(one)} and {paths.name(other)} are taken for one another"
            yield Mistake("wrong term", paths.name(one), number, words)


def _cancelled_slopes(paths: Paths) -> Iterator[Mistake]:
    """The derivative of a sigmoid or softmax, which cross-entropy has cancelled, as a factor."""
    form = derivative("sigmoid", 0)
    assert form is not None
    numbers = paths.solution.values
    slopes = {
        edge.operand: safely("sigmoid", numbers[edge.operand])[1][0]
        for edge in paths.edges
        if rule_of(edge.consumer) in ("softplus", "exp")
    }
    slopes |= {x: form(numbers[x], numbers[x]) for x in paths.nodes if _is_share(x)}
    for node, slope in slopes.items():
        name = paths.name(node)
        words = f"the derivative of a sigmoid at {name} is a factor too many: it is counted already"
        yield Mistake("counted twice", name, paths.gradient * slope, words)


def _kept_powers(paths: Paths) -> Iterator[Mistake]:
    """15 * x ** 3 - 4 * x ** 2 + 7 * x, of which each term has x as a factor too many."""
    if any(rule_of(node) == "pow" for node in paths.nodes):
        name = paths.name(paths.node)
        words = f"there is a factor {name} too many: each exponent is lowered by 1"
        number = paths.gradient * paths.solution.values[paths.node]
        yield Mistake("wrong derivative", name, number, words)


def _transposed(paths: Paths) -> Iterator[Mistake]:
    solution = paths.solution
    for matrix in square_matrices(solution.order):
        pairs = partners(matrix)
        partner = pairs.get(paths.node)
        if partner is not None and partner is not paths.node:
            name = paths.name(partner)
            words = f"this is the one of {name}: the matrix is transposed"
            yield Mistake("transposed", name, solution.gradients[partner], words)
        # In the backward pass alone, or in both: all sums are other numbers then.
        moved = {weight: solution.values[other] for weight, other in pairs.items()}
        yield transposition(solution, matrix, paths.with_operands(moved))
        both = transposed(solution, matrix)
        yield transposition(solution, matrix, both.gradients[paths.node])


def _new_for_old(paths: Paths) -> Iterator[Mistake]:
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


# Other numbers


def _value(paths: Paths) -> Iterator[Mistake]:
    name, error = paths.name(paths.node), paths.name(paths.error)
    for node in (paths.node, paths.error):
        words = f"this is {paths.name(node)} itself, not the derivative of {error} in {name}"
        yield Mistake("value", name, paths.solution.values[node], words)


def _finite_differences(paths: Paths) -> Iterator[Mistake]:
    solution, node = paths.solution, paths.node
    here = solution.values[node]
    leaves = {x: number for x, number in solution.values.items() if not x.parents}

    def error(moved: Number) -> Number:
        numbers = replay(solution.order, {**leaves, node: moved}, evaluated).numbers
        return numbers[paths.error]

    for size in _DIFFERENCES:
        before, now, after = error(here - size), error(here), error(here + size)
        quotients = {
            "forward": (after - now) / size,
            "backward": (now - before) / size,
            "central": (after - before) / (2 * size),
        }
        for name, number in quotients.items():
            words = (
                f"this is a {name} difference with a step of {size}: near the derivative, "
                "but not the derivative"
            )
            yield Mistake("finite difference", paths.name(node), number, words)


def _other_nodes(paths: Paths) -> Iterator[Mistake]:
    for node, number in paths.solution.gradients.items():
        if node.label and node is not paths.node:
            words = f"this is the one of {node.label}"
            yield Mistake("another node", node.label, number, words)


def _copied_numbers(paths: Paths) -> Iterator[Mistake]:
    for node, number in paths.solution.values.items():
        if node.label and node is not paths.node and node is not paths.error:
            words = f"this is the number of {node.label}, not a derivative"
            yield Mistake("copied number", node.label, number, words)


def _steps(*changes: LocalMistake) -> tuple[PathMistake, ...]:
    return tuple(partial(_at_one_step, change) for change in changes)


def _all_steps(*changes: LocalMistake) -> tuple[PathMistake, ...]:
    return tuple(partial(_alike, change) for change in changes)


# The next group is looked at where none of those before led to the claim.
_LIKELIEST_FIRST: Sequence[Sequence[PathMistake]] = (
    (
        _factors,
        _counts_of_terms,
        *_steps(missing_exponent, missing_derivative),
        *_all_steps(missing_derivative),
        _missing_beyond,
        _product_rule,
        _missing_paths,
        _decimal_slips,
        _transposed,
        _new_for_old,
        *_steps(other_operand, other_point, other_sign),
    ),
    (_value,),
    (
        *_steps(
            misremembered_derivative,
            function_itself,
            counted_twice,
            derivative_at_an_inner_point,
            power_rule_on_an_exponential,
            derivative_as_a_factor,
            derivative_of_a_known_function,
        ),
        _combined_wrongly,
        _paths_through_nodes,
        _repeated_paths,
        _extra_paths,
        _missing_steps,
        _wrong_terms,
        _missing_before,
        _kept_constants,
        _cancelled_slopes,
        _kept_powers,
    ),
    (
        *_all_steps(
            misremembered_derivative,
            function_itself,
            counted_twice,
            derivative_of_a_known_function,
            other_point,
        ),
        *_steps(derivative_in_other_units, extra_factor),
        _finite_differences,
        _other_nodes,
        _copied_numbers,
    ),
    (
        *_steps(number_of_a_neighbour, derivative_of_any_function),
        *_all_steps(derivative_of_any_function, derivative_in_other_units),
    ),
)
