"""The mistakes that people make, each as the number that it leads to, and which are tried first.

None of them is a formula: each changes one thing in the graph. To add one, write a function that
says what is changed, and give it a place in a table below. Of several mistakes that
lead to a claim, the simplest is the likeliest.

`mistake` lists their kinds, and has what values and gradients have in common. `value_mistakes` are
those in a forward pass. Those in a derivative are made in the derivative of one step
(`local_mistakes`, as `textbook` has it), on the way to the error (`path_mistakes`, with `paths`),
or in the gradient as a whole, the error's targets and the update (`gradient_mistakes`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from autograd.checking.derivation.mistakes import (
    gradient_mistakes,
    local_mistakes,
    path_mistakes,
    value_mistakes,
)
from autograd.checking.derivation.mistakes.mistake import Change, Mistake
from autograd.checking.derivation.mistakes.paths import Paths
from autograd.checking.derivation.mistakes.value_mistakes import Expression
from autograd.checking.derivation.solution import Edge, Figure, Solution

ValueMistake = Callable[[Expression], Iterator[Mistake]]
PathMistake = Callable[[Paths], Iterator[Mistake]]
# What a person may have put in place of the number of an operand, or of the derivative of a step.
OperandMistake = Callable[[Expression, Edge], Iterator[Change]]
LocalMistake = Callable[[Paths, Edge], Iterator[Change]]


def mistakes_in(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """The mistakes that may be made in a figure.

    Args:
        solution: the numbers with which the mistake was made.
        figure: what was worked out.

    Returns:
        Groups of mistakes, the likelier first. A group is tried only if none of those before it
        led to the claim.
    """
    made = _in_a_value if figure.is_forward else _in_a_gradient
    return made(solution, figure)


def _in_a_value(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    expression = Expression(solution, figure)
    for group in _IN_VALUES:
        yield chain.from_iterable(mistakes(expression) for mistakes in group)


def _in_a_gradient(solution: Solution, figure: Figure) -> Iterator[Iterator[Mistake]]:
    """Mistakes in a gradient, or in a step, an update or a new weight that is computed from it."""
    rate = solution.problem.learning_rate
    # The figure is start + scale * gradient.
    start = solution.values[figure.node] if figure.quantity == "new value" else 0
    scale = {"gradient": 1, "step": rate}.get(figure.quantity) or -rate
    paths = Paths(solution, figure.node)
    first = gradient_mistakes.in_the_last_step(paths, figure, start, scale)
    for group in _IN_GRADIENTS:
        made: Iterator[Mistake] = chain.from_iterable(mistakes(paths) for mistakes in group)
        if figure.quantity != "gradient":
            made = (replace(m, number=start + scale * m.number) for m in made)
        yield chain(first, made)
        first = iter(())


def _at_an_operand(change: OperandMistake) -> ValueMistake:
    """The number of one operand changed."""

    def mistakes(expression: Expression) -> Iterator[Mistake]:
        for edge in expression.edges:
            for made in change(expression, edge):
                number = expression.with_operand(edge, made.number)
                yield Mistake(made.kind, expression.name(edge.operand), number, made.words)

    return mistakes


def _from_the_leaves(mistakes: ValueMistake) -> ValueMistake:
    """The same mistakes in the figures that a person goes on from, back to the leaves."""
    return lambda expression: mistakes(expression.whole)


def _at_one_step(change: LocalMistake) -> PathMistake:
    """The derivative of one step changed."""

    def mistakes(paths: Paths) -> Iterator[Mistake]:
        for edge in paths.edges:
            for made in change(paths, edge):
                number = paths.with_partial(edge, made.number)
                yield Mistake(made.kind, paths.name(edge.consumer), number, made.words)

    return mistakes


def _at_steps_alike(change: LocalMistake) -> PathMistake:
    """The derivatives of several steps changed in the same way."""

    def mistakes(paths: Paths) -> Iterator[Mistake]:
        for edges in paths.repeated:
            alike: dict[tuple[str, str], dict[Edge, Change]] = {}
            for edge in edges:
                for made in change(paths, edge):
                    alike.setdefault((made.kind, made.sort), {})[edge] = made
            for (kind, _), changes in alike.items():
                if len(changes) > 1:
                    number = paths.with_partials({x: made.number for x, made in changes.items()})
                    words = f"{next(iter(changes.values())).words}, and so each time"
                    yield Mistake(kind, edges[0].consumer.op, number, words)

    return mistakes


_IN_VALUES: Sequence[Sequence[ValueMistake]] = (
    (
        value_mistakes.wrong_sign,
        value_mistakes.old_number,
        _at_an_operand(value_mistakes.old_value),
        value_mistakes.old_operands,
        value_mistakes.slips_of_the_whole,
        value_mistakes.missing_operations,
        _at_an_operand(value_mistakes.missing_operand),
        _at_an_operand(value_mistakes.other_sign),
        _at_an_operand(value_mistakes.decimal_slip),
        value_mistakes.transposed_layer,
        value_mistakes.new_weights,
    ),
    (
        value_mistakes.misread_functions,
        value_mistakes.several_missing_operations,
        value_mistakes.missing_functions,
        value_mistakes.other_operations,
        value_mistakes.other_nodes,
        value_mistakes.exchanged_operands,
    ),
    (value_mistakes.confused_functions, value_mistakes.neighbours),
    (
        _from_the_leaves(value_mistakes.missing_operations),
        _from_the_leaves(_at_an_operand(value_mistakes.missing_operand)),
        _from_the_leaves(_at_an_operand(value_mistakes.other_sign)),
        _from_the_leaves(value_mistakes.misread_functions),
    ),
    (
        value_mistakes.functions_of_an_operand,
        value_mistakes.other_labels,
        _from_the_leaves(_at_an_operand(value_mistakes.decimal_slip)),
        _from_the_leaves(value_mistakes.confused_functions),
    ),
)
_IN_GRADIENTS: Sequence[Sequence[PathMistake]] = (
    (
        gradient_mistakes.twice_or_half,
        gradient_mistakes.counts_of_terms,
        _at_one_step(local_mistakes.missing_exponent),
        _at_one_step(local_mistakes.missing_derivative),
        _at_steps_alike(local_mistakes.missing_derivative),
        path_mistakes.missing_beyond,
        path_mistakes.product_rule,
        path_mistakes.missing_paths,
        gradient_mistakes.slips_of_the_point,
        gradient_mistakes.transposed,
        gradient_mistakes.new_for_old,
        _at_one_step(local_mistakes.other_operand),
        _at_one_step(local_mistakes.other_point),
        _at_one_step(local_mistakes.other_sign),
    ),
    (gradient_mistakes.number_itself, gradient_mistakes.left_out_at_the_error),
    (
        _at_one_step(local_mistakes.misremembered_derivative),
        _at_one_step(local_mistakes.function_itself),
        _at_one_step(local_mistakes.counted_twice),
        _at_one_step(local_mistakes.derivative_at_an_inner_point),
        _at_one_step(local_mistakes.power_rule_on_an_exponential),
        _at_one_step(local_mistakes.derivative_as_a_factor),
        _at_one_step(local_mistakes.derivative_of_a_known_function),
        path_mistakes.derivatives_combined_wrongly,
        path_mistakes.multiplied_paths,
        path_mistakes.product_of_means,
        path_mistakes.paths_through_nodes,
        path_mistakes.repeated_paths,
        path_mistakes.extra_paths,
        path_mistakes.missing_steps,
        gradient_mistakes.wrong_terms,
        path_mistakes.missing_before,
        path_mistakes.kept_constants,
        gradient_mistakes.cancelled_slopes,
        gradient_mistakes.argument_for_probability,
        path_mistakes.written_out,
        path_mistakes.other_steps,
        _at_one_step(local_mistakes.extra_factor),
        gradient_mistakes.extra_own_factor,
        gradient_mistakes.upside_down_as_a_whole,
    ),
    (
        _at_steps_alike(local_mistakes.misremembered_derivative),
        _at_steps_alike(local_mistakes.function_itself),
        _at_steps_alike(local_mistakes.counted_twice),
        _at_steps_alike(local_mistakes.derivative_of_a_known_function),
        _at_steps_alike(local_mistakes.other_point),
        _at_one_step(local_mistakes.derivative_in_other_units),
        gradient_mistakes.finite_differences,
        gradient_mistakes.other_nodes,
        gradient_mistakes.copied_numbers,
        _at_one_step(local_mistakes.number_of_a_neighbour),
    ),
    (
        _at_one_step(local_mistakes.derivative_of_any_function),
        _at_one_step(local_mistakes.number_of_another),
        _at_one_step(local_mistakes.upside_down),
        _at_steps_alike(local_mistakes.derivative_of_any_function),
        _at_steps_alike(local_mistakes.derivative_in_other_units),
    ),
)
