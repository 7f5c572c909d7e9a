"""Programs as text: an instruction a line, with the labels of the numbers as names."""

from collections.abc import Iterator
from typing import Any

from autograd.numbers.nested import container_of
from autograd.tape.program import Program
from autograd.tape.tape import AFTER, BEFORE, INPUTS, LANES, PER_LANE, SHARED, Instruction

_INFIX = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "mod": "%",
    "floordiv": "//",
    "pow": "**",
    "less": "<",
    "less_equal": "<=",
    "equal": "==",
    "not_equal": "!=",
    "logical_and": "&",
    "logical_or": "|",
}
_STAGES = {BEFORE: "once", LANES: "in each lane", AFTER: "once, after the lanes"}


def source(program: Program) -> str:
    """The text of a program.

    >>> from autograd.tape.recording import record_gradient
    >>> from autograd.tape.tape import SHARED
    >>> program = record_gradient(lambda x, y: (x * y + 1) * x, [], (SHARED, SHARED), "mean")
    >>> print(source(program))
    once:
        v3 = x0 * x1 + 1.0
        v4 = v3 * x0
        v5 = v3 + x1 * x0
        v6 = x0 * x0
    results: v4, v5, v6
    """
    all_names = names(program)
    lines = []
    for stage, title in _STAGES.items():
        computed = [_line(all_names, *each) for each in _computed(program, stage)]
        if computed:
            lines += [f"{title}:", *computed]
    results = ", ".join(all_names[position] for position in program.results)
    return "\n".join([*lines, f"results: {results}"])


def described(structure: Any) -> str:
    """The structure of the arguments of a program, as text: a word for each number."""
    text = repr(_in_lists(structure))
    return text.replace(repr(PER_LANE), "lanes").replace(repr(SHARED), "number")


def _in_lists(structure: Any) -> Any:
    """A structure with a list in the place of each array of objects."""
    container = container_of(structure, elements=True)
    if container is None:
        return structure
    items = [_in_lists(item) for item in container.items(structure)]
    return items if hasattr(structure, "dtype") else container.like(structure, items)


def _computed(program: Program, stage: int) -> Iterator[tuple[int, Instruction]]:
    for position, instruction in enumerate(program.instructions):
        if program.stages[position] == stage and instruction[0] not in INPUTS:
            yield position, instruction


def names(program: Program) -> list[str]:
    """The name of each instruction's number: its label if it has one."""
    letters = {"parameter": "p", SHARED: "x", PER_LANE: "x"}
    given: list[str] = []
    taken: set[str] = set()
    for position, (operation, *rest) in enumerate(program.instructions):
        label = program.labels.get(position, "")
        if operation == "constant":
            name = repr(rest[0])
        elif operation == "lanes":
            name = "lanes"
        elif label.isidentifier() and label not in taken:
            name = label
        else:
            name = f"{letters[operation]}{rest[0]}" if operation in letters else f"v{position}"
        taken.add(name)
        given.append(name)
    return given


def _line(names: list[str], position: int, instruction: Instruction) -> str:
    operation, *positions = instruction
    xs = [names[x] for x in positions]
    if operation in _INFIX:
        text = f"{xs[0]} {_INFIX[operation]} {xs[1]}"
    elif operation == "neg":
        text = f"-{xs[0]}"
    elif operation == "dot":
        text = _sum(list(zip(xs[::2], xs[1::2], strict=True)))
    elif operation == "sum_over_lanes":
        text = f"sum over lanes of {xs[0]}"
    else:
        text = f"{operation}({', '.join(xs)})"
    return f"    {names[position]} = {text}"


def _sum(products: list[tuple[str, str]]) -> str:
    text = ""
    for x, y in products:
        sign, product = ("-", x) if y == "-1.0" else ("+", x if y == "1.0" else f"{x} * {y}")
        text += f" {sign} {product}" if text else f"{sign.strip('+')}{product}"
    return text
