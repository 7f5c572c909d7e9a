"""The mistakes that people make in the derivative of one step.

Each is a function that takes the paths and an edge, and yields what a person may have put in place
of the derivative there.
"""

import math
from collections.abc import Iterable, Iterator

from autograd.checking.derivation.layers import SUMS
from autograd.checking.derivation.mistakes import Change
from autograd.checking.derivation.mistakes.path_mistakes import Paths
from autograd.checking.derivation.mistakes.textbook import (
    ANGLES,
    COMPOSED,
    DEGREE,
    Form,
    derivative,
    misremembered,
    operands_of,
    safely,
    unary_rules,
)
from autograd.checking.derivation.solution import Edge, edges_into, evaluated
from autograd.notation import is_made_by, rule_of
from autograd.numbers.kinds import Number
from autograd.numbers.text import number_text
from autograd.value import Value, data_of

_AND_ALONE = ", and the inner derivative is missing"


def missing_exponent(paths: Paths, edge: Edge) -> Iterator[Change]:
    """x for x ** 2."""
    if edge.rule == "pow" and edge.operand_index == 0:
        exponent = _numbers(paths, edge.consumer)[1]
        words = f"the exponent of {paths.name(edge.consumer)} is missing as a factor"
        if exponent:
            yield Change("factor", paths.partial(edge) / exponent, words)


def missing_derivative(paths: Paths, edge: Edge) -> Iterator[Change]:
    """1 in place of a derivative."""
    node, operands, name = edge.consumer, edge.consumer.parents, paths.name
    kind = "missing derivative"
    if is_made_by(node, *SUMS):
        return
    if len(operands) == 1:
        words = f"the derivative of {node.op} in {name(node)} is missing"
    elif is_made_by(node, "mul", "dot"):
        half = len(operands) // 2
        factor = operands[(edge.operand_index + half) % (2 * half)]
        words = f"the factor {name(factor)} in {name(node)} is missing"
        if name(factor) == number_text(factor.data) and not factor.parents:
            kind = "wrong derivative"
    else:
        words = f"the derivative of {name(node)} with respect to {name(edge.operand)} is missing"
    yield Change(kind, 1, words, node.op)


def other_operand(paths: Paths, edge: Edge) -> Iterator[Change]:
    """x in place of y, as the derivative of x * y with respect to x."""
    if is_made_by(edge.consumer, *SUMS):
        return
    for other in edges_into(edge.consumer):
        if other.operand_index != edge.operand_index:
            words = (
                f"in {paths.name(edge.consumer)}, this is the derivative with respect to "
                f"{paths.name(other.operand)}, not to {paths.name(edge.operand)}"
            )
            yield Change("other operand", paths.partial(other), words)


def other_point(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The derivative at the result of a function."""
    node = edge.consumer
    # 1 / log(x) and 2 * x ** 2 count as misremembered.
    if len(node.parents) == 1 and rule_of(node) not in ("log", "pow"):
        partial = evaluated(node, [paths.results[node]])[1][0]
        operand = paths.name(edge.operand)
        words = f"the derivative of {node.op} is taken at its result, not at {operand}"
        yield Change("other point", partial, words, "result")


def other_sign(paths: Paths, edge: Edge) -> Iterator[Change]:
    """Minus the derivative."""
    words = f"the sign of the part through {paths.name(edge.consumer)} is wrong"
    yield Change("sign", -paths.partial(edge), words)


def extra_factor(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The derivative times an operand."""
    for factor in edge.consumer.parents:
        words = (
            f"the derivative of {paths.name(edge.consumer)} with respect to "
            f"{paths.name(edge.operand)} has {paths.name(factor)} as a factor too many"
        )
        yield Change("extra factor", paths.values[factor] * paths.partial(edge), words)


def counted_twice(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The square of a derivative."""
    node = edge.consumer
    if rule_of(node) in unary_rules():
        partial = paths.partial(edge)
        words = f"the derivative of {node.op} at {paths.name(edge.operand)} is multiplied in twice"
        yield Change("counted twice", partial * partial, words, node.op)


def misremembered_derivative(paths: Paths, edge: Edge) -> Iterator[Change]:
    """y * (1 + y), y, 1 - y or x * (1 - x) in place of y * (1 - y)."""
    rule = edge.rule
    for number, form in enumerate(misremembered(rule, edge.operand_index)):
        names = _names(paths, edge.consumer)
        change = _wrong(paths, edge, form, f"not {form.written(*names)}", f"{rule} {number}")
        # 2 in place of 2 * x.
        is_base_missing = rule == "pow" and not form.depends_on(0)
        yield change._replace(kind="missing factor") if is_base_missing else change


def function_itself(paths: Paths, edge: Edge) -> Iterator[Change]:
    """f in place of f'."""
    node = edge.consumer
    if rule_of(node) in (*unary_rules(), "pow") and edge.operand_index == 0:
        what = "the power" if rule_of(node) == "pow" else node.op
        words = f"in {paths.name(node)}, {what} itself stands where its derivative belongs"
        yield Change("wrong derivative", paths.results[node], words, node.op)


def derivative_at_an_inner_point(paths: Paths, edge: Edge) -> Iterator[Change]:
    """f'(x) in place of f'(g(x)), or f'(g'(x)), with g'(x) as a factor or without."""
    node, operand = edge.consumer, edge.operand
    if len(node.parents) > 1 or is_made_by(node, *SUMS):
        return
    slope = paths.tangents[operand]
    # Each point by its name, its number, and whether the inner derivative may be missing as well.
    points: list[tuple[str, Number, bool]] = []
    if operand is not paths.node:
        points.append((f"the derivative of {paths.name(operand)}", slope, True))
    for inner in dict.fromkeys((*operand.parents, paths.node)):
        if inner is not operand:
            number = paths.values[inner]
            points.append((paths.name(inner), number, inner is paths.node))
    for name, point, is_alone in points:
        partial = evaluated(node, [point])[1][0]
        words = f"the derivative of {node.op} is taken at {name}, not at {paths.name(operand)}"
        yield Change("wrong derivative", partial, words, name)
        if is_alone:
            yield Change("wrong derivative", partial / slope, words + _AND_ALONE, name)


def derivative_as_a_factor(paths: Paths, edge: Edge) -> Iterator[Change]:
    """f'(z), f(z) f'(z) or z in place of f(z), as the derivative of v * f(z) with respect to v."""
    node = edge.consumer
    if not is_made_by(node, "mul"):
        return
    other = node.parents[1 - edge.operand_index]
    if len(other.parents) == 1 and not is_made_by(other, *SUMS):
        right = (
            f"the derivative of {paths.name(node)} with respect to {paths.name(edge.operand)} is "
            f"{paths.name(other)} itself"
        )
        slope = paths.solution.partials[other][0]
        yield Change("wrong derivative", slope, f"{right}, not its derivative")
        words = f"{right}, without its derivative as a factor"
        yield Change("extra factor", slope * paths.partial(edge), words)
        argument = other.parents[0]
        words = f"{right}, not {paths.name(argument)}: {other.op} is left out"
        yield Change("missing operation", paths.values[argument], words)


def power_rule_on_an_exponential(paths: Paths, edge: Edge) -> Iterator[Change]:
    """x * e ** (x - 1) in place of e ** x."""
    exponent = paths.values[edge.operand]
    rule = edge.rule
    # Below 0, an elu is an exponential.
    if rule == "exp" or (rule == "elu" and exponent < 0):
        partial = safely("pow", math.e, exponent)[1][0]
        words = (
            f"the power rule is not for {paths.name(edge.consumer)}, which is its own derivative"
        )
        yield Change("wrong derivative", partial, words, "power")
        slope = paths.tangents[edge.operand]
        yield Change("wrong derivative", partial / slope, words + _AND_ALONE, "power")


def upside_down(paths: Paths, edge: Edge) -> Iterator[Change]:
    """1 / y in place of y."""
    partial = paths.partial(edge)
    if partial and is_made_by(edge.consumer, "mul", "div"):
        words = f"{_right(paths, edge)}, and it is put below the line"
        yield Change("wrong derivative", 1 / partial, words)


def derivative_of_a_known_function(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The derivative of another common function: 1 - y ** 2, of tanh, in place of y * (1 - y)."""
    own = edge.rule
    for rule in unary_rules() if len(edge.consumer.parents) == 1 and own else ():
        form = derivative(rule, 0)
        if form and rule != own and own != "pow" and rule not in COMPOSED:
            written = form.written(*_names(paths, edge.consumer)[:2])
            said = f"not {written}, which is that of {rule}"
            yield _wrong(paths, edge, form, said, rule)


def derivative_of_any_function(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The derivative of any other function, at the operand or at the result."""
    own = edge.rule
    if own not in unary_rules():
        return
    points = (paths.values[edge.operand], paths.results[edge.consumer])
    for rule in unary_rules():
        if rule == own:
            continue
        for point, name in zip(points, _names(paths, edge.consumer), strict=True):
            partial = safely(rule, point)[1][0]
            words = f"{_right(paths, edge)}, not that of {rule} at {name}"
            yield Change("wrong derivative", partial, words, f"{rule} at {point is points[0]}")


def derivative_in_other_units(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The derivative of a logarithm to the base 10, or with an angle in degrees."""
    rule, partial = edge.rule, paths.partial(edge)
    x = paths.values[edge.operand]
    nodes = {"log": [edge.consumer], "mul": edge.consumer.parents}.get(rule, ())
    logarithms = [node for node in nodes if rule_of(node) == "log"]
    if logarithms:
        words = f"{paths.name(logarithms[0])} is taken as the logarithm to the base 10"
        yield Change("other function", partial / math.log(10), words, "base")
    elif rule in ANGLES:
        words = f"in {paths.name(edge.consumer)}, the angle is taken in degrees, not in radians"
        slope = safely(rule, x * DEGREE)[1][0]
        yield Change("other function", slope, words, "degrees")
        yield Change("other function", slope * DEGREE, words, "degrees, chained")


def number_of_a_neighbour(paths: Paths, edge: Edge) -> Iterator[Change]:
    """h2 in place of h1, or added to it; the derivative at z2 in place of z1."""
    node, layers = edge.consumer, paths.layers
    for index, operand in enumerate(node.parents):
        # Sums and dots of a layer may have fewer operands.
        units = [unit for unit in layers.alike(node) if index < len(unit.parents)]
        weights = [unit.parents[index] for unit in units]
        near = dict.fromkeys((*layers.alike(operand), *weights, *layers.relatives(operand)))
        for other, partial in _with_another(paths, edge, index, near):
            yield _instead(paths, edge, operand, other, partial)
            words = f"in {paths.name(node)}, {paths.name(other)} is added to {paths.name(operand)}"
            yield Change("extra path", paths.partial(edge) + partial, words)


def number_of_another(paths: Paths, edge: Edge) -> Iterator[Change]:
    """The number of any other labelled node, such as x, in place of h1."""
    for index, operand in enumerate(edge.consumer.parents):
        for other, partial in _with_another(paths, edge, index, paths.layers.labelled):
            yield _instead(paths, edge, operand, other, partial)


def _with_another(
    paths: Paths, edge: Edge, index: int, others: Iterable[Value]
) -> Iterator[tuple[Value, Number]]:
    """The derivative at an edge with the number of another node in place of an operand's."""
    node, operand = edge.consumer, edge.consumer.parents[index]
    is_product = is_made_by(node, "mul")
    if (is_product and index == edge.operand_index) or is_made_by(node, *SUMS, "dot"):
        return
    form = derivative(rule_of(node), 0) if len(node.parents) == 1 else None
    numbers = [paths.values[x] for x in node.parents]
    for other in others:
        if other is operand or other is node:
            continue
        number = paths.values[other]
        if is_product:
            yield other, number
            continue
        moved = [*numbers[:index], number, *numbers[index + 1 :]]
        yield other, evaluated(node, moved)[1][edge.operand_index]
        if form and len(form.operands) == 2:
            # For example 1 - h2**2 in place of 1 - h1**2.
            yield other, form(numbers[0], number)


def _instead(paths: Paths, edge: Edge, operand: Value, other: Value, partial: Number) -> Change:
    name, node = paths.name, edge.consumer
    if len(node.parents) == 1 and rule_of(node) != "pow":
        words = f"the derivative of {node.op} in {name(node)} is taken at {name(other)}"
        return Change("other point", partial, f"{words}, not at {name(operand)}")
    words = f"in {name(node)}, {name(other)} stands where {name(operand)} belongs"
    return Change("other operand", partial, words)


def _wrong(paths: Paths, edge: Edge, form: Form, said: str, sort: str) -> Change:
    numbers = _numbers(paths, edge.consumer)[: len(form.operands)]
    return Change("wrong derivative", form(*numbers), f"{_right(paths, edge)}, {said}", sort)


def _right(paths: Paths, edge: Edge) -> str:
    """The start of a sentence that says what the derivative is."""
    node, operand = edge.consumer, paths.name(edge.operand)
    right = derivative(rule_of(node), edge.operand_index)
    start = f"the derivative of {node.op} at {operand}"
    if not node.op.isidentifier():
        start = f"the derivative of {paths.name(node)} with respect to {operand}"
    if right is None:
        return f"{start} is {number_text(paths.partial(edge), 4)}"
    return f"{start} is {right.written(*_names(paths, node))}"


def _numbers(paths: Paths, node: Value) -> list[Number]:
    """The operands of a node and its result."""
    values = paths.values
    operands = [values[x] if isinstance(x, Value) else x for x in operands_of(node)]
    return [*map(data_of, operands), paths.results[node]]


def _names(paths: Paths, node: Value) -> list[str]:
    operands = [
        paths.name(x) if isinstance(x, Value) else number_text(x) for x in operands_of(node)
    ]
    return [*operands, paths.name(node)]
