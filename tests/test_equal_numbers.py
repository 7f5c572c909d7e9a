"""Nodes are told apart by identity: what a graph looks like does not depend on equal numbers.

`==` on Values compares their numbers, so that a list of nodes searched by `==` finds
the wrong one where two hold the same number. Each graph here is built twice, once with
numbers that are all different and once with the same number in every leaf. What is said
about its structure must be the same both times.
"""

import dataclasses
import importlib
import re
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from witnesses import relaxed

from autograd import (
    Value,
    check_derivation,
    dot,
    draw,
    explain,
    gradients,
    log1p,
    sigmoid,
    sqrt,
    tanh,
)
from autograd import sum as total
from autograd.checking.derivation.layers import square_matrices
from autograd.checking.derivation.mistakes.path_mistakes import Paths
from autograd.checking.derivation.solution import Problem, Solution
from autograd.explaining import Number, text
from autograd.explaining.formulas import replaced
from autograd.graph import interior_nodes, topological_order
from autograd.pages import walkthrough

LEAVES = 4
# All increase, so that with positive numbers no derivative is 0, nor by rounding: after nine
# steps, of which each squares at most, numbers are between 1e-260 and 1e200.
INCREASING = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "sqrt": lambda x, _: sqrt(x),
    "log1p": lambda x, _: log1p(x),
    "square": lambda x, _: x**2,
    "sum": lambda x, y: total([x, y, x]),
    "dot": lambda x, y: dot([x, y], [y, x]),
}
OTHERS = {
    "sub": lambda x, y: x - y,
    "div": lambda x, y: x / y,
    "neg": lambda x, _: -x,
    "tanh": lambda x, _: tanh(x),
    "sigmoid": lambda x, _: sigmoid(x),
    "constant": lambda x, _: x * 3 - 0.25,
}


def programs(operations):
    """Lists of steps: an operation, the positions of its operands, and whether it has a label."""
    step = st.tuples(
        st.sampled_from(sorted(operations)), st.integers(0, 20), st.integers(0, 20), st.booleans()
    )
    return st.lists(step, min_size=1, max_size=9)


def built(program, numbers):
    """The nodes of a program; all leaves, and some of the others, have labels."""
    nodes = [Value(number, label=f"w{i}") for i, number in enumerate(numbers)]
    for position, (name, first, second, has_label) in enumerate(program):
        # The latest node comes first, so that no step is without influence on the result.
        operands = nodes[-1 - first % 2], nodes[second % len(nodes)]
        node = (INCREASING | OTHERS)[name](*operands)
        node.label = f"h{position}" if has_label else None
        nodes.append(node)
    return nodes


DISTINCT = [0.3125, 0.4375, 0.6875, 0.8125]


def pair(program, same=0.5):
    """The result with different numbers in the leaves, and with one number in all."""
    return built(program, DISTINCT)[-1], built(program, [same] * LEAVES)[-1]


# Two layers, h = 2 * w0 and h * h; at 0.5 the numbers of h and of its square are equal.
SQUARED = [("add", 0, 0, True), ("mul", 0, 4, False)]
# A product of two leaves of one number.
PRODUCT = [("mul", 0, 2, False)]
all_programs = given(programs(INCREASING | OTHERS), st.sampled_from([0.5, 1.0, 2.0, 1]))
# For what lays pictures out or asks SymPy, which takes a while.
few = settings(relaxed, max_examples=15)
increasing_programs = given(programs(INCREASING), st.sampled_from([0.5, 1.0]))


def shape(expression):
    """A formula with every number masked."""
    masked = replaced(expression, lambda part: Number("…") if isinstance(part, Number) else None)
    return text(masked, 4)


def steps(error):
    """What is written in names, and the numbers put in without their digits."""
    found = []
    for step in explain(error, learning_rate=0.125).steps:
        sides = step.left, step.chain, step.formula, step.conditions
        found.append((step.kind, step.name, *sides, shape(step.numbers)))
    return found


@all_programs
@example(SQUARED, 0.5)
@example(PRODUCT, 0.5)
@relaxed
def test_equal_numbers_change_no_formula_of_an_explanation(program, same):
    distinct, equal = pair(program, same)
    assert steps(equal) == steps(distinct), (
        f"with {same} in every leaf\n{explain(equal)}\nwith different numbers\n{explain(distinct)}"
    )


def page(error, folder):
    """The page without the numbers of the leaves, and the program, whose variables they number."""
    path = walkthrough(error, folder / "page.html")
    return re.sub(r"(?s)// The program.*const GIVEN = .*?;", "", path.read_text(encoding="utf-8"))


@all_programs
@example(SQUARED, 0.5)
@example(PRODUCT, 0.5)
@few
def test_equal_numbers_change_nothing_of_a_page_but_the_numbers(tmp_path_factory, program, same):
    folder = tmp_path_factory.mktemp("pages")
    distinct, equal = (page(error, folder) for error in pair(program, float(same)))
    assert equal == distinct


class Model:
    """What `draw` takes as a model: the leaves, two in each of two modules."""

    def __init__(self, error):
        self.error = error

    def named_parameters(self):
        leaves = [node for node in topological_order(self.error) if not node.parents and node.label]
        return [(f"part.{int(leaf.label[1]) % 2}.{leaf.label}", leaf) for leaf in leaves]


def picture(error, **options):
    error.backward()
    source = draw(error, **options).source
    return re.sub(r"(data|grad|∂) [^\\\"|]+", r"\1 …", source)


@pytest.mark.parametrize("depth", [None, 0, 1, 2], ids=lambda depth: f"depth {depth}")
def test_equal_numbers_change_nothing_of_a_picture_but_the_numbers(depth):
    # A folded module says how large its largest gradient is, if that is not 0.
    @increasing_programs
    @example(SQUARED, 0.5)
    @relaxed
    def run(program, same):
        distinct, equal = (
            picture(error, model=Model(error), depth=depth, highlight=leaf(error, "w"))
            for error in pair(program, same)
        )
        assert equal == distinct

    run()


def leaf(error, start):
    return [node for node in topological_order(error) if (node.label or "").startswith(start)][:1]


def mistakes(error):
    """Where the checker looks for mistakes: edges and matrices, by the names of the nodes."""
    solution = Solution(Problem(error))
    place = {node: position for position, node in enumerate(topological_order(error))}
    return [
        (place[node], [(place[x], i) for x, i in Paths(solution, node).edges]) for node in place
    ] + [[[place[x] for x in row] for row in m] for m in square_matrices(interior_nodes(error))]


@increasing_programs
@example(SQUARED, 0.5)
@relaxed
def test_equal_numbers_change_nothing_of_where_a_check_looks(program, same):
    distinct, equal = pair(program, same)
    assert mistakes(equal) == mistakes(distinct)


@increasing_programs
@example(SQUARED, 0.5)
@few
def test_what_explain_prints_passes_the_check_with_equal_numbers(program, same):
    # A claim can name what has a label.
    named = [(name, first, second, True) for name, first, second, _ in program]
    error = built(named, [same] * LEAVES)[-1]
    backward = [step for step in explain(error).steps if step.kind == "backward"]
    claims = {step.node: text(step.formula, digits=17) for step in backward}
    report = check_derivation(error, claims)
    assert report, f"{report}\n{explain(error)}"
    numbers = {node: gradients(error, node) for node in claims}
    assert check_derivation(error, numbers), f"{check_derivation(error, numbers)}"


# The strongest test: nothing but the rules may compare Values

# Numbers and rules, to which Values are numbers.
NUMBERS = ("elementary", "kinds", "python", "libraries", "ieee")
COMPARES_NUMBERS = {"autograd.rules", *(f"autograd.numbers.{name}" for name in NUMBERS)}


@pytest.fixture
def comparisons(monkeypatch):
    """The places of this project, rules aside, at which Values were compared by `==` or `!=`."""
    found = set()

    def watched(original):
        def compare(self, other):
            # Of a comparison within a list, this is who searched the list.
            caller = sys._getframe(1)
            module = caller.f_globals.get("__name__", "")
            if module.partition(".")[0] == "autograd" and module not in COMPARES_NUMBERS:
                found.add(f"{module}, line {caller.f_lineno}")
            return original(self, other)

        return compare

    for name in ("__eq__", "__ne__"):
        monkeypatch.setattr(Value, name, watched(vars(Value)[name]))
    return found


@all_programs
@example(SQUARED, 0.5)
@example(PRODUCT, 0.5)
@few
def run_everything(folder, program, same):
    error = built(program, [float(same)] * LEAVES)[-1]
    error.backward()
    explanation = explain(error, 0.125)
    draw(error, Model(error), highlight=leaf(error, "w"), color_gradients=True, constants=False)
    draw(error, Model(error), depth=1)
    walkthrough(error, folder / "page.html")
    nodes = [step.node for step in explanation.steps if step.kind == "backward"]
    check_derivation(error, dict.fromkeys(nodes, "0.77"))
    check_derivation(error, {node: f"2 * {node.label or 'w0'}" for node in nodes[:1]})
    check_derivation(error, dict.fromkeys(leaf(error, "w"), 0.4), of="new value", learning_rate=0.1)
    check_derivation(error, {error: "7.77"}, of="value")
    moved = {**dict.fromkeys(leaf(error, "w"), 0.4), error: "7.77"}
    check_derivation(error, moved, of="new value", learning_rate=0.1)
    gradients(error, nodes, create_graph=True)


def test_nothing_that_holds_nodes_is_compared_by_their_numbers():
    # A data class compares its fields by ==, unless it is told not to.
    modules = ("notation", "explaining.outline", "explaining.explanation")
    modules += ("drawing.scene", "pages.picture")
    modules += ("drawing.network.neurons", "drawing.network.placement")
    modules += ("checking.derivation.solution", "checking.derivation.report")
    for name in modules:
        module = importlib.import_module(f"autograd.{name}")
        for cls in vars(module).values():
            if dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__:
                fields = ", ".join(str(field.type) for field in dataclasses.fields(cls))
                holds_nodes = re.search(r"Value\b|Box|Figure|Line\b|Unit|Slot", fields)
                by_identity = "__eq__" not in vars(cls) or not cls.__dataclass_params__.eq
                assert by_identity or not holds_nodes, f"{name}.{cls.__name__}: {fields}"


def test_no_wing_compares_nodes_by_their_numbers(comparisons, tmp_path):
    run_everything(tmp_path)
    assert not comparisons, f"nodes are compared by their numbers in {sorted(comparisons)}"
