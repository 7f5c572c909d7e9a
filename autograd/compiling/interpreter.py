"""Machine code for programs of any size: one loop that reads instructions and runs them.

It is compiled once for all programs. A program is an array of integers: for each run of
instructions with the same operation its code and how many they are; then for each of them
the place of the result, and those of the operands. A `dot` has two counts before its
operands: of the products with a factor that the lanes share, and of the others.
"""

from autograd.compiling.llvm_text import WIDTH, Vectors, declarations, entry
from autograd.compiling.lowering import LOWERED
from autograd.compiling.sections import functions
from autograd.tape.operations import COUNTS
from autograd.tape.program import IN_ORDER

# `copy` takes a shared number; the next three move lanes from and to other memory.
_MOVES = ("copy", "argument", "result", "total")
# A `dot` of so few products needs no loop, and adds them up in their order.
SHORT_DOTS = {products: f"dot.{products}" for products in range(2, IN_ORDER + 1)}
_OPERANDS = {
    **{name: count for name, count in COUNTS.items() if name not in LOWERED},
    **{name: 2 * products for products, name in SHORT_DOTS.items()},
}
CODES = {name: code for code, name in enumerate(["dot", *_MOVES, *sorted(_OPERANDS)])}
# How many products a turn of the loop of `dot` adds up, each to a sum of its own: one sum
# would have to wait for the product before.
UNROLLED = {1: 4, WIDTH: 2}

# What the machine finds out about a program, in eight bytes each.
_HEADER = ("before", "before.size", "lanes", "lanes.size", "after", "after.size", "count", "total")


def loop_module() -> str:
    """The text of a module with the functions of `sections`, for any program."""
    text = "\n".join(
        [
            *_runner(1),
            *_runner(WIDTH),
            functions(
                before=[*_header("before"), _call(1, "before", "%shared")],
                lanes=[_call(WIDTH, "lanes", "%own")],
                after=[*_header("after"), _call(1, "after", "%shared")],
                counts=[
                    *_header("lanes"),
                    *_field("count", "%count"),
                    *_field("total", "%first.total"),
                ],
            ),
        ]
    )
    return "\n".join([declarations(), Vectors(WIDTH).library(text), text])


def _header(stage: str) -> list[str]:
    return [*_field(stage, f"%{stage}.code", "ptr"), *_field(f"{stage}.size", f"%{stage}.size")]


def _field(field: str, name: str, kind: str = "i64") -> list[str]:
    return entry(name, "%program", _HEADER.index(field), kind)


def _call(width: int, stage: str, own: str) -> str:
    lanes = (
        f"ptr %arguments, ptr %results, ptr %totals, i64 %stride, i64 %lane, <{WIDTH} x i1> %inside"
        if width > 1
        else f"ptr null, ptr null, ptr null, i64 0, i64 0, <{WIDTH} x i1> zeroinitializer"
    )
    given = f"ptr %{stage}.code, i64 %{stage}.size, ptr %shared, ptr {own}"
    return f"call void @run.{width}({given}, {lanes})"


def _runner(width: int) -> list[str]:
    """The function that runs instructions, each on `width` numbers."""
    vectors = Vectors(width)
    cases = {name: _operation(vectors, name) for name in _OPERANDS}
    cases["copy"] = [
        *_load("%copy.from", 1, vectors, "%copy.code", True),
        *_store("%copy.from", "copy", vectors),
    ]
    if width > 1:
        cases |= _moves(vectors)
    run = [line for name, lines in cases.items() for line in _run(name, lines, _length(name))]
    ends = [*[f"[%{name}.next, %{name}]" for name in cases], "[%dot.next, %dot.end]"]
    run += _run("dot", _dot(vectors), "%dot.length", last="dot.end")
    return [
        f"define internal void @run.{width}(ptr noalias %code, i64 %size, ptr %shared, ptr %own, "
        "ptr %arguments, ptr %results, ptr %totals, i64 %stride, i64 %lane, "
        f"<{WIDTH} x i1> %inside) {{",
        "entry:",
        "%nothing = icmp eq i64 %size, 0",
        "br i1 %nothing, label %end, label %read",
        "read:",
        "%at = phi i64 [0, %entry], [%next, %read.next]",
        "%head = getelementptr i32, ptr %code, i64 %at",
        "%operation = load i32, ptr %head",
        *_integer("%count", 1, "%head"),
        "%first = add i64 %at, 2",
        "switch i32 %operation, label %unknown [",
        *[f"i32 {CODES[name]}, label %{name}" for name in (*cases, "dot")],
        "]",
        *run,
        "read.next:",
        f"%next = phi i64 {', '.join(ends)}",
        "%more = icmp ult i64 %next, %size",
        "br i1 %more, label %read, label %end",
        "unknown:",
        "unreachable",
        "end:",
        "ret void\n}",
    ]


def _run(name: str, instruction: list[str], length: int | str, last: str = "") -> list[str]:
    """The loop over the instructions of a run; `last` is the last basic block of one."""
    last = last or name
    return [
        f"{name}:",
        f"%{name}.at = phi i64 [%first, %read], [%{name}.next, %{last}]",
        f"%{name}.left = phi i64 [%count, %read], [%{name}.rest, %{last}]",
        f"%{name}.code = getelementptr i32, ptr %code, i64 %{name}.at",
        *instruction,
        f"%{name}.next = add i64 %{name}.at, {length}",
        f"%{name}.rest = sub i64 %{name}.left, 1",
        f"%{name}.more = icmp ne i64 %{name}.rest, 0",
        f"br i1 %{name}.more, label %{name}, label %read.next",
    ]


def _length(name: str) -> int:
    """How many integers an instruction takes in a run."""
    return 1 + _OPERANDS.get(name, 1)


def _integer(name: str, offset: int, base: str) -> list[str]:
    return [
        f"{name}.at = getelementptr i32, ptr {base}, i64 {offset}",
        f"{name}.i = load i32, ptr {name}.at",
        f"{name} = sext i32 {name}.i to i64",
    ]


def _load(name: str, offset: int, vectors: Vectors, base: str, shared: bool = False) -> list[str]:
    """Reads the number whose place stands at an offset of an instruction."""
    place = _integer(f"{name}.place", offset, base)
    if vectors.width == 1 or not shared:
        return [
            *place,
            f"{name}.from = getelementptr {vectors.type}, ptr %own, i64 {name}.place",
            f"{name} = load {vectors.type}, ptr {name}.from",
        ]
    return [
        *place,
        f"{name}.from = getelementptr double, ptr %shared, i64 {name}.place",
        f"{name}.one = load double, ptr {name}.from",
        *vectors.spread(name, f"{name}.one"),
    ]


def _store(result: str, name: str, vectors: Vectors) -> list[str]:
    """Writes the result of an instruction to its place."""
    return [
        *_integer(f"%{name}.place", 0, f"%{name}.code"),
        f"%{name}.to = getelementptr {vectors.type}, ptr %own, i64 %{name}.place",
        f"store {vectors.type} {result}, ptr %{name}.to",
    ]


def _operation(vectors: Vectors, name: str) -> list[str]:
    numbers = [f"%{name}.x{i}" for i in range(_OPERANDS[name])]
    lines = [
        line for i, x in enumerate(numbers) for line in _load(x, 1 + i, vectors, f"%{name}.code")
    ]
    result = f"%{name}.result"
    if name in SHORT_DOTS.values():
        lines += vectors.dot(result, list(zip(numbers[::2], numbers[1::2], strict=True)))
    else:
        lines += vectors.lines(result, name, *numbers)
    return [*lines, *_store(result, name, vectors)]


def _moves(vectors: Vectors) -> dict[str, list[str]]:
    kind, bits = vectors.type, vectors.bits
    return {
        "argument": [
            *_integer("%argument.row", 1, "%argument.code"),
            *_in_row("%argument.from", "%arguments", "%argument.row"),
            f"%argument.lanes = load {kind}, ptr %argument.from, align 64",
            *_store("%argument.lanes", "argument", vectors),
        ],
        "result": [
            *_integer("%result.row", 0, "%result.code"),
            *_load("%result.lanes", 1, vectors, "%result.code"),
            *_in_row("%result.to", "%results", "%result.row"),
            f"store {kind} %result.lanes, ptr %result.to, align 64",
        ],
        "total": [
            *_integer("%total.which", 0, "%total.code"),
            *_load("%total.lanes", 1, vectors, "%total.code"),
            f"%total.to = getelementptr {kind}, ptr %totals, i64 %total.which",
            f"%total.sofar = load {kind}, ptr %total.to, align 64",
            f"%total.sum = fadd {kind} %total.sofar, %total.lanes",
            f"%total.new = select {bits} %inside, {kind} %total.sum, {kind} %total.sofar",
            f"store {kind} %total.new, ptr %total.to, align 64",
        ],
    }


def _in_row(name: str, matrix: str, row: str) -> list[str]:
    return [
        f"{name}.row = mul i64 %stride, {row}",
        f"{name}.lane = add i64 {name}.row, %lane",
        f"{name} = getelementptr double, ptr {matrix}, i64 {name}.lane",
    ]


def _dot(vectors: Vectors) -> list[str]:
    # -0.0 + x is x for every x, 0.0 included.
    sums = [vectors.splat(-0.0)] * UNROLLED[vectors.width]
    lines = [
        *_integer("%dot.shared", 1, "%dot.code"),
        *_integer("%dot.others", 2, "%dot.code"),
        "%dot.shared.size = mul i64 %dot.shared, 2",
        "%dot.middle = add i64 %dot.shared.size, 3",
        "%dot.others.size = mul i64 %dot.others, 2",
        "%dot.length = add i64 %dot.middle, %dot.others.size",
    ]
    before = "dot"
    if vectors.width > 1:
        lines += _products(vectors, "s", before, "3", "%dot.middle", sums, shared=True)
        before, sums = "dot.s.end", ["%dot.s.r0", *[f"%dot.s.s{k}" for k in range(1, len(sums))]]
    lines += _products(vectors, "o", before, "%dot.middle", "%dot.length", sums, shared=False)
    total = "%dot.o.r0"
    for k in range(1, len(sums)):
        lines.append(f"%dot.total.{k} = fadd {vectors.type} {total}, %dot.o.s{k}")
        total = f"%dot.total.{k}"
    return [*lines, "br label %dot.end", "dot.end:", *_store(total, "dot", vectors)]


def _products(
    vectors: Vectors, part: str, before: str, start: str, end: str, sums: list[str], shared: bool
) -> list[str]:
    """Adds the products from one offset of a `dot` to another: several a turn, then the rest."""
    name, kind, many = f"dot.{part}", vectors.type, len(sums)

    def add(turn: str, position: str, targets: list[tuple[str, str]]) -> list[str]:
        lines = [f"%{name}.{turn} = getelementptr i32, ptr %dot.code, i64 {position}"]
        for k, (new, old) in enumerate(targets):
            x, y = f"%{name}.{turn}.x{k}", f"%{name}.{turn}.y{k}"
            lines += _load(x, 2 * k, vectors, f"%{name}.{turn}", shared)
            lines += _load(y, 2 * k + 1, vectors, f"%{name}.{turn}")
            lines += [
                f"{new}.product = fmul contract {kind} {x}, {y}",
                f"{new} = fadd contract {kind} {old}, {new}.product",
            ]
        return lines

    return [
        f"br label %{name}.many",
        f"{name}.many:",
        f"%{name}.i = phi i64 [{start}, %{before}], [%{name}.j, %{name}.turn]",
        *[
            f"%{name}.s{k} = phi {kind} [{sums[k]}, %{before}], [%{name}.n{k}, %{name}.turn]"
            for k in range(many)
        ],
        f"%{name}.j = add i64 %{name}.i, {2 * many}",
        f"%{name}.enough = icmp ule i64 %{name}.j, {end}",
        f"br i1 %{name}.enough, label %{name}.turn, label %{name}.rest",
        f"{name}.turn:",
        *add("t", f"%{name}.i", [(f"%{name}.n{k}", f"%{name}.s{k}") for k in range(many)]),
        f"br label %{name}.many",
        f"{name}.rest:",
        f"%{name}.k = phi i64 [%{name}.i, %{name}.many], [%{name}.l, %{name}.last]",
        f"%{name}.r0 = phi {kind} [%{name}.s0, %{name}.many], [%{name}.r1, %{name}.last]",
        f"%{name}.some = icmp ult i64 %{name}.k, {end}",
        f"br i1 %{name}.some, label %{name}.last, label %{name}.end",
        f"{name}.last:",
        *add("u", f"%{name}.k", [(f"%{name}.r1", f"%{name}.r0")]),
        f"%{name}.l = add i64 %{name}.k, 2",
        f"br label %{name}.rest",
        f"{name}.end:",
    ]
