"""The mistakes that people make in a gradient, and in an update that uses it.

None of them is a formula: each comes from the graph by changing one thing. To add one, write a
function that says what is changed, and give it a place in the table below. Of several mistakes
that lead to a claim, the simplest is the likeliest.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from autograd.checking.derivation.mistakes import error_mistakes, local_mistakes, path_mistakes
from autograd.checking.derivation.mistakes.layers import (
    partners,
    square_matrices,
    transposed,
    transposition,
)
from autograd.checking.derivation.mistakes.mistake import (
    Mistake,
    decimal_slips,
    factors,
)
from autograd.checking.derivation.mistakes.paths import Edge, Paths
from autograd.checking.derivation.solution import QUANTITIES, Figure, Solution, evaluated
from autograd.graph import replay
from autograd.notation import is_made_by, rule_of
from autograd.numbers.kinds import Number
from autograd.value import Value

_MADE_OF = {"step": " (learning rate times gradient)", "update": " (minus the step)"}
_DIFFERENCES = (1, 0.5, 0.1, 0.01, 0.001)

PathMistake = Callable[[Paths], Iterator[Mistake]]


def gradient_mistakes(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is computed from it.

    Args:
        solution: the numbers with which the mistake was made.
        figure: a figure of any quantity but a value.

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
        made: Iterator[Mistake] = chain.from_iterable(mistakes(paths) for mistakes in group)
        if figure.quantity != "gradient":
            made = (replace(m, number=start + scale * m.number) for m in made)
        yield chain(first, made)
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
        # Multiplying by a rate such as 0.05, people misplace the decimal point. In a gradient, it
        # is likelier that a weight of 0.1 was forgotten.
        for slip in _decimal_slips(paths):
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
        if edge.operand is paths.node and paths.share(edge, paths.partial(edge)):
            through, error = paths.name(paths.landmarks[edge.consumer]), paths.name(paths.error)
            words = f"0 says that {error} does not change with {paths.name(paths.node)}"
            words += ", but it does" + ("" if through == error else f", through {through}")
            yield Mistake("missing path", through, 0, words)
            return


def _hint_on_minus(paths: Paths) -> str:
    """A hint at the first minus that a rule puts on the way to the error; "" if there is none."""
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


def _factors(paths: Paths) -> Iterator[Mistake]:
    return factors(paths.gradient, paths.name(paths.node))


def _decimal_slips(paths: Paths) -> Iterator[Mistake]:
    return decimal_slips(paths.gradient, paths.name(paths.node))


def _counts_of_terms(paths: Paths) -> Iterator[Mistake]:
    terms_of: dict[Value, int] = {}
    for node in paths.solution.order:
        if is_made_by(node, "add", "sum"):
            # The 0 that a sum starts from is not a term.
            addends = [x for x in node.parents if x.label or x.parents or x.data]
            terms_of[node] = sum(terms_of.get(parent, 1) for parent in addends)
    means = [edge.operand for edge in paths.edges if _is_scaled(edge)]
    for count in sorted({terms_of.get(node, 0) for node in (*means, paths.error)}):
        # With two terms, the mistake is named as a factor of 2 or 1/2.
        if count > 2:
            start = f"the sum or mean has {count} terms: it is"
            words = f"{start} {count} times the right number"
            yield Mistake("factor", str(count), count * paths.gradient, words)
            words = f"{start} the right number divided by {count}"
            yield Mistake("factor", f"1/{count}", paths.gradient / count, words)
            # Together with the 2 of a square, as in 2/3.
            words = f"{start} {count}/2 times the right number"
            yield Mistake("factor", f"{count}/2", paths.gradient * count / 2, words)
            words = f"{start} 2/{count} times the right number"
            yield Mistake("factor", f"2/{count}", paths.gradient * 2 / count, words)


def _is_scaled(edge: Edge) -> bool:
    """Whether the operand is multiplied or divided by a constant, as in a mean."""
    is_product = is_made_by(edge.consumer, "mul", "div")
    return is_product and any(not x.parents and not x.label for x in edge.consumer.parents)


# At one step


def _at_one_step(change: local_mistakes.LocalMistake, paths: Paths) -> Iterator[Mistake]:
    for edge in paths.edges:
        for made in change(paths, edge):
            number = paths.with_partial(edge, made.number)
            yield Mistake(made.kind, paths.name(edge.consumer), number, made.words)


# Alike at several steps


def _alike(change: local_mistakes.LocalMistake, paths: Paths) -> Iterator[Mistake]:
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


def _transposed(paths: Paths) -> Iterator[Mistake]:
    solution = paths.solution
    for matrix in square_matrices(solution.order):
        pairs = partners(matrix)
        partner = pairs.get(paths.node)
        if partner is not None and partner is not paths.node:
            name = paths.name(partner)
            words = f"this is the one of {name}: the matrix is transposed"
            yield Mistake("transposed", name, solution.gradients[partner], words)
        # In the backward pass alone, or in both passes, when all sums change as well.
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
    name = paths.name(paths.node)
    for node in (paths.node, paths.error):
        words = f"this is {paths.name(node)} itself, not the derivative with respect to {name}"
        if rule_of(node) == "exp" and node.parents[0] is not paths.node:
            # exp is its own derivative.
            exponent = paths.name(node.parents[0])
            words = f"the derivative of {exponent} with respect to {name} is missing"
            yield Mistake("missing derivative", name, paths.solution.values[node], words)
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
                f"this is a {name} difference with a step of {size}, "
                "which is only near the derivative"
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


def _steps(*changes: local_mistakes.LocalMistake) -> tuple[PathMistake, ...]:
    return tuple(partial(_at_one_step, change) for change in changes)


def _all_steps(*changes: local_mistakes.LocalMistake) -> tuple[PathMistake, ...]:
    return tuple(partial(_alike, change) for change in changes)


# A group is tried only if none of those before it led to the claim.
_LIKELIEST_FIRST: Sequence[Sequence[PathMistake]] = (
    (
        _factors,
        _counts_of_terms,
        *_steps(local_mistakes.missing_exponent, local_mistakes.missing_derivative),
        *_all_steps(local_mistakes.missing_derivative),
        path_mistakes.missing_beyond,
        path_mistakes.product_rule,
        path_mistakes.missing_paths,
        _decimal_slips,
        _transposed,
        _new_for_old,
        *_steps(
            local_mistakes.other_operand, local_mistakes.other_point, local_mistakes.other_sign
        ),
    ),
    (_value, error_mistakes.left_out_at_the_error),
    (
        *_steps(
            local_mistakes.misremembered_derivative,
            local_mistakes.function_itself,
            local_mistakes.counted_twice,
            local_mistakes.derivative_at_an_inner_point,
            local_mistakes.power_rule_on_an_exponential,
            local_mistakes.derivative_as_a_factor,
            local_mistakes.derivative_of_a_known_function,
        ),
        path_mistakes.derivatives_combined_wrongly,
        path_mistakes.multiplied_paths,
        path_mistakes.product_of_means,
        path_mistakes.paths_through_nodes,
        path_mistakes.repeated_paths,
        path_mistakes.extra_paths,
        path_mistakes.missing_steps,
        error_mistakes.wrong_terms,
        path_mistakes.missing_before,
        path_mistakes.kept_constants,
        error_mistakes.cancelled_slopes,
        error_mistakes.argument_for_probability,
        path_mistakes.written_out,
        path_mistakes.other_steps,
        *_steps(local_mistakes.extra_factor),
        path_mistakes.extra_own_factor,
        path_mistakes.upside_down_as_a_whole,
    ),
    (
        *_all_steps(
            local_mistakes.misremembered_derivative,
            local_mistakes.function_itself,
            local_mistakes.counted_twice,
            local_mistakes.derivative_of_a_known_function,
            local_mistakes.other_point,
        ),
        *_steps(local_mistakes.derivative_in_other_units),
        _finite_differences,
        _other_nodes,
        _copied_numbers,
        *_steps(local_mistakes.number_of_a_neighbour),
    ),
    (
        *_steps(
            local_mistakes.derivative_of_any_function,
            local_mistakes.number_of_another,
            local_mistakes.upside_down,
        ),
        *_all_steps(
            local_mistakes.derivative_of_any_function, local_mistakes.derivative_in_other_units
        ),
    ),
)
