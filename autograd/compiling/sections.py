"""The functions that every module of machine code offers, around what differs between them.

    before(program, shared)     what runs once, before the lanes
    lanes(program, own, shared, arguments, results, totals, stride, lanes, sofar)
                                what runs in each of so many lanes; the totals are begun
                                anew where `sofar`, the lanes added up already, is 0
    work(job, thread)           chunks of lanes, as many as are left: see `chunks`
    after(program, shared, totals, chunks)
                                adds up the totals of all chunks, and what runs once after that
    whole(call)                 all three, of a single chunk

`shared` holds what is the same in all lanes; `totals` a vector for each number that is added
up, and in `after` a double, chunk after chunk; `arguments` and `results` have a row of
`stride` doubles for each; `own` is room for the numbers of a vector of lanes, and `program`
what the loop runs.
"""

from collections.abc import Iterable

from autograd.compiling.chunks import chunk_function, work_function
from autograd.compiling.llvm_text import WIDTH, Vectors, entry

# What `whole` is told, in eight bytes each.
CALL = (
    *[(name, "ptr") for name in ("program", "own", "shared", "arguments", "results", "totals")],
    *(("stride", "i64"), ("lanes", "i64")),
)
_LANES = (
    "ptr %program, ptr %own, ptr %shared, ptr noalias %arguments, ptr noalias %results, "
    "ptr noalias %totals, i64 %stride, i64 %lanes, i64 %sofar"
)


def functions(
    before: Iterable[str], lanes: Iterable[str], after: Iterable[str], counts: list[str]
) -> str:
    """The text of these functions.

    Args:
        before, lanes, after: the instructions in each; those of the lanes are run with
            %lane, the first one of a vector, and %inside, those that there are.
        counts: instructions that give %count, how many totals there are, and
            %first.total, the place of the first.
    """
    kind = Vectors(WIDTH).type
    counting = ", ".join(f"i64 {lane}" for lane in range(WIDTH))
    integers = f"<{WIDTH} x i64>"
    lines = [
        "declare i64 @llvm.smin.i64(i64, i64)",
        "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)",
        f"declare double @llvm.vector.reduce.fadd.v{WIDTH}f64(double, {kind})",
        "define void @before(ptr %program, ptr %shared) {",
        *before,
        "ret void\n}",
        f"define internal void @lanes({_LANES}) {{",
        "entry:",
        *counts,
        f"%bytes = mul i64 %count, {8 * WIDTH}",
        "%fresh = icmp eq i64 %sofar, 0",
        "%cleared = select i1 %fresh, i64 %bytes, i64 0",
        "call void @llvm.memset.p0.i64(ptr %totals, i8 0, i64 %cleared, i1 false)",
        "%some = icmp sgt i64 %lanes, 0",
        "br i1 %some, label %loop, label %end",
        "loop:",
        "%lane = phi i64 [0, %entry], [%next, %turn]",
        "%left = sub i64 %lanes, %lane",
        f"%left.0 = insertelement {integers} poison, i64 %left, i64 0",
        f"%left.n = shufflevector {integers} %left.0, {integers} poison, "
        f"<{WIDTH} x i32> zeroinitializer",
        f"%inside = icmp sgt {integers} %left.n, <{counting}>",
        *lanes,
        "br label %turn",
        "turn:",
        f"%next = add i64 %lane, {WIDTH}",
        "%more = icmp slt i64 %next, %lanes",
        "br i1 %more, label %loop, label %end",
        "end:",
        "ret void\n}",
        "define internal void @reduce(ptr %totals, ptr %sums, i64 %count) {",
        "entry:",
        "%some = icmp sgt i64 %count, 0",
        "br i1 %some, label %one, label %end",
        "one:",
        "%which = phi i64 [0, %entry], [%next, %one]",
        f"%from = getelementptr {kind}, ptr %totals, i64 %which",
        f"%total = load {kind}, ptr %from, align 64",
        f"%sum = call reassoc double @llvm.vector.reduce.fadd.v{WIDTH}f64"
        f"(double 0.0, {kind} %total)",
        "%to = getelementptr double, ptr %sums, i64 %which",
        "store double %sum, ptr %to",
        "%next = add i64 %which, 1",
        "%more = icmp slt i64 %next, %count",
        "br i1 %more, label %one, label %end",
        "end:",
        "ret void\n}",
        *chunk_function(counts),
        "define internal void @finish(ptr %program, ptr %shared) {",
        *after,
        "ret void\n}",
        "define void @after(ptr %program, ptr %shared, ptr %totals, i64 %chunks) {",
        "entry:",
        *counts,
        "%places = getelementptr double, ptr %shared, i64 %first.total",
        "%bytes = mul i64 %count, 8",
        "call void @llvm.memset.p0.i64(ptr %places, i8 0, i64 %bytes, i1 false)",
        "%any = icmp sgt i64 %count, 0",
        "br i1 %any, label %chunk, label %done",
        "chunk:",
        "%number = phi i64 [0, %entry], [%number.next, %chunk.done]",
        "%row = mul i64 %number, %count",
        "%row.at = getelementptr double, ptr %totals, i64 %row",
        "br label %one",
        "one:",
        "%which = phi i64 [0, %chunk], [%which.next, %one]",
        "%from = getelementptr double, ptr %row.at, i64 %which",
        "%to = getelementptr double, ptr %places, i64 %which",
        "%part = load double, ptr %from",
        "%sofar = load double, ptr %to",
        "%sum = fadd double %sofar, %part",
        "store double %sum, ptr %to",
        "%which.next = add i64 %which, 1",
        "%unfinished = icmp slt i64 %which.next, %count",
        "br i1 %unfinished, label %one, label %chunk.done",
        "chunk.done:",
        "%number.next = add i64 %number, 1",
        "%again = icmp slt i64 %number.next, %chunks",
        "br i1 %again, label %chunk, label %done",
        "done:",
        "call void @finish(ptr %program, ptr %shared)",
        "ret void\n}",
        "define void @whole(ptr %call) {",
        *[line for i, (x, kind) in enumerate(CALL) for line in entry(f"%{x}", "%call", i, kind)],
        *counts,
        "%places = getelementptr double, ptr %shared, i64 %first.total",
        "call void @before(ptr %program, ptr %shared)",
        "call void @lanes(ptr %program, ptr %own, ptr %shared, ptr %arguments, ptr %results, "
        "ptr %totals, i64 %stride, i64 %lanes, i64 0)",
        "call void @reduce(ptr %totals, ptr %places, i64 %count)",
        "call void @finish(ptr %program, ptr %shared)",
        "ret void\n}",
    ]
    return "\n".join([*lines, *work_function()])
