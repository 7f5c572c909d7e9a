"""The functions that every module of machine code offers, around what differs between them.

    before(program, shared)     what runs once, before the lanes
    lanes(program, own, shared, arguments, results, totals, stride, lanes, sofar)
                                what runs in each of so many lanes; the totals are begun
                                anew where `sofar`, the lanes added up already, is 0
    chunks(program, own, shared, arguments, results, totals, stride, lanes, sofar,
           chunk, first, last)  the chunks from first to last, of `chunk` lanes each
    after(program, shared, totals, chunks)
                                adds up the totals of all chunks, and what runs once after that
    whole(program, own, shared, arguments, results, totals, stride, lanes)
                                all three, of a single chunk

`shared` holds what is the same in all lanes, `totals` a vector for each number that is
added up, chunk after chunk; `arguments` and `results` have a row of `stride` doubles for
each; `own` is room for the numbers of a vector of lanes, and `program` what the loop runs.
"""

from collections.abc import Iterable

from autograd.compiling.llvm_text import WIDTH, Vectors

_LANES = (
    "ptr %program, ptr %own, ptr %shared, ptr noalias %arguments, ptr noalias %results, "
    "ptr noalias %totals, i64 %stride, i64 %lanes, i64 %sofar"
)


def functions(
    before: Iterable[str], lanes: Iterable[str], after: Iterable[str], counts: Iterable[str]
) -> str:
    """The text of the four functions.

    Args:
        before, lanes, after: the instructions in each; those of the lanes are run with
            %lane, the first one of a vector, and %inside, those that there are.
        counts: instructions that give %count, how many totals there are, and
            %first.total, the place of the first.
    """
    kind, _bits = Vectors(WIDTH).type, Vectors(WIDTH).bits
    counting = ", ".join(f"i64 {lane}" for lane in range(WIDTH))
    integers = f"<{WIDTH} x i64>"
    lines = [
        "declare i64 @llvm.smin.i64(i64, i64)",
        "declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)",
        f"declare double @llvm.vector.reduce.fadd.v{WIDTH}f64(double, {kind})",
        "define void @before(ptr %program, ptr %shared) {",
        *before,
        "ret void\n}",
        f"define void @lanes({_LANES}) {{",
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
        f"define void @chunks({_LANES}, i64 %chunk, i64 %first, i64 %last) {{",
        "entry:",
        *counts,
        f"%size = mul i64 %count, {8 * WIDTH}",
        "br label %loop",
        "loop:",
        "%number = phi i64 [%first, %entry], [%next, %loop]",
        "%start = mul i64 %number, %chunk",
        "%left = sub i64 %lanes, %start",
        "%some = call i64 @llvm.smin.i64(i64 %left, i64 %chunk)",
        "%a = getelementptr double, ptr %arguments, i64 %start",
        "%r = getelementptr double, ptr %results, i64 %start",
        "%skipped = mul i64 %number, %size",
        "%t = getelementptr i8, ptr %totals, i64 %skipped",
        "call void @lanes(ptr %program, ptr %own, ptr %shared, ptr %a, ptr %r, ptr %t, "
        "i64 %stride, i64 %some, i64 %sofar)",
        "%next = add i64 %number, 1",
        "%more = icmp slt i64 %next, %last",
        "br i1 %more, label %loop, label %end",
        "end:",
        "ret void\n}",
        "define void @after(ptr %program, ptr %shared, ptr %totals, i64 %chunks) {",
        "entry:",
        *counts,
        "%any = icmp sgt i64 %count, 0",
        "br i1 %any, label %one, label %done",
        # One total after the other, and in each all chunks in their order.
        "one:",
        "%which = phi i64 [0, %entry], [%following, %stored]",
        "br label %sum",
        "sum:",
        "%chunk = phi i64 [0, %one], [%chunk.next, %sum]",
        f"%sofar = phi {kind} [zeroinitializer, %one], [%added, %sum]",
        "%row = mul i64 %chunk, %count",
        "%index = add i64 %row, %which",
        f"%from = getelementptr {kind}, ptr %totals, i64 %index",
        f"%part = load {kind}, ptr %from, align 64",
        f"%added = fadd {kind} %sofar, %part",
        "%chunk.next = add i64 %chunk, 1",
        "%again = icmp slt i64 %chunk.next, %chunks",
        "br i1 %again, label %sum, label %stored",
        "stored:",
        f"%total = call reassoc double @llvm.vector.reduce.fadd.v{WIDTH}f64"
        f"(double 0.0, {kind} %added)",
        "%place = add i64 %first.total, %which",
        "%to = getelementptr double, ptr %shared, i64 %place",
        "store double %total, ptr %to",
        "%following = add i64 %which, 1",
        "%unfinished = icmp slt i64 %following, %count",
        "br i1 %unfinished, label %one, label %done",
        "done:",
        *after,
        "ret void\n}",
        "define void @whole(ptr %program, ptr %own, ptr %shared, ptr %arguments, ptr %results, "
        "ptr %totals, i64 %stride, i64 %lanes) {",
        "call void @before(ptr %program, ptr %shared)",
        "call void @lanes(ptr %program, ptr %own, ptr %shared, ptr %arguments, ptr %results, "
        "ptr %totals, i64 %stride, i64 %lanes, i64 0)",
        "call void @after(ptr %program, ptr %shared, ptr %totals, i64 1)",
        "ret void\n}",
    ]
    return "\n".join(lines)
