"""The exercises with broken engines: only a right engine passes."""

import ast
import itertools

import pytest
from learning import outcome_of, replaced

from examples.exercises.exercise import find

BROKEN = {
    "engine_a": ["c * c at c = 1.5", "one of its 2 shares. They are added, += and not ="],
    "engine_b": ["a - b at a = 2, b = 3", "the derivative of a - b with respect to b has one"],
    "engine_c": ["relu(w * x), not active,", "the derivative of relu in relu(w * x) is missing"],
    "engine_d": ["a + a at a = 2", "two edges to the same parent are two shares"],
    "engine_e": ["d + d * a, with d = a * b", "before all of it had arrived"],
}


class Mutation(ast.NodeTransformer):
    """Makes one change, of those that can be made: the one of this number."""

    def __init__(self, number):
        self.remaining = number

    def _is_next(self):
        self.remaining -= 1
        return self.remaining == -1

    def visit_Constant(self, node):
        """A local derivative, or the gradient of the result: 1.0 becomes -1.0."""
        if type(node.value) is float and node.value and self._is_next():
            return ast.Constant(-node.value)
        return node

    def visit_AugAssign(self, node):
        """`grad +=` becomes `grad =`."""
        if isinstance(node.target, ast.Attribute) and self._is_next():
            return ast.Assign([node.target], node.value)
        return self.generic_visit(node)

    def visit_Call(self, node):
        """`reversed(order)` becomes `order`."""
        if ast.unparse(node.func) == "reversed" and self._is_next():
            return node.args[0]
        return self.generic_visit(node)

    def visit_keyword(self, node):
        """`reverse=True` becomes `reverse=False`."""
        if node.arg == "reverse" and self._is_next():
            return ast.keyword("reverse", ast.Constant(False))
        return self.generic_visit(node)


def mutants():
    """Each engine, mended, with each of the changes."""
    for name in BROKEN:
        source = find(name).solution.read_text("utf-8")
        for number in itertools.count():
            mutation = Mutation(number)
            mutant = ast.unparse(ast.fix_missing_locations(mutation.visit(ast.parse(source))))
            if mutation.remaining >= 0:
                break
            yield name, mutant


# Other ways to mend them in part.
HALF_MENDED = [
    ("engine_b", "(other, -1.0)", "(other, 0.0)"),
    ("engine_b", "return Number(self.data - other.data", "return Number(self.data + other.data"),
    ("engine_c", "g if self.data > 0 else 0.0", "g if self.data < 0 else 0.0"),
    ("engine_c", "g if self.data > 0 else 0.0", "g * self.data if self.data > 0 else 0.0"),
    ("engine_c", "g if self.data > 0 else 0.0", "0.0"),
    ("engine_d", "list(edges)", "list(dict.fromkeys(edges))"),
    ("engine_d", "list(edges)", "edges[:1]"),
]


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_engine_fails_its_own_check(name, tmp_path):
    outcome = outcome_of(find(name), find(name).blank, tmp_path)
    assert all(words in outcome.message for words in BROKEN[name]), outcome.message


@pytest.mark.parametrize(("name", "before", "after"), HALF_MENDED)
def test_an_engine_that_is_mended_in_part_fails(name, before, after, tmp_path):
    source = replaced(find(name).solution.read_text("utf-8"), {before: after})
    outcome = outcome_of(find(name), source, tmp_path)
    assert outcome.status == "wrong"
    assert "The gradient of" in outcome.message or "The result of" in outcome.message


@pytest.mark.parametrize(("name", "mutant"), list(mutants()))
def test_a_mended_engine_with_a_bug_of_another_kind_fails(name, mutant, tmp_path):
    outcome = outcome_of(find(name), mutant, tmp_path)
    assert outcome.status == "wrong", f"this engine passes:\n{mutant}"
    assert "The gradient of" in outcome.message, outcome.message
