"""Lanes in chunks, and chunks on threads: the part of machine code that every program shares.

A chunk goes through its lanes block by block: a thread copies the arguments of a block into
its own room, runs the lanes, and copies their results out. Each thread takes the next chunk
that nobody has taken yet, so one that begins late takes fewer. The totals of each chunk are
kept apart, so the result does not depend on which thread had which.
"""

from autograd.compiling.llvm_text import WIDTH, entry

# So many lanes are copied in, run, and copied out at a time.
BLOCK = 512
# From row to row: rows a power of two apart would share places in the processor's cache.
STRIDE = BLOCK + WIDTH

# What the threads of a call are told, in eight bytes each. `sources` holds for each row of
# arguments its address and how many bytes its lanes are apart, `targets` the address of each
# row of results; `room` and `own` are in bytes, the room of a thread and what of it is for the
# numbers of a vector of lanes.
JOB = (
    *("program", "shared", "totals", "sources", "inputs", "targets", "outputs"),
    *("lanes", "chunk", "chunks", "next", "rooms", "room", "own"),
)


def _job(*names: str) -> list[str]:
    addresses = ("program", "shared", "totals", "sources", "targets", "rooms")
    return [
        line
        for name in names
        for line in entry(
            f"%{name}", "%job", JOB.index(name), "ptr" if name in addresses else "i64"
        )
    ]


def chunk_function(counts: list[str]) -> list[str]:
    """The text of what runs one chunk; `counts` gives %count, the number of totals."""
    return [
        "declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)",
        *_take(),
        *_give(),
        "define internal void @chunk(ptr %job, ptr %room, i64 %number) {",
        "entry:",
        *_job("program", "shared", "totals", "sources", "inputs", "targets", "outputs"),
        *_job("lanes", "chunk", "own"),
        *counts,
        "%own.totals = getelementptr i8, ptr %room, i64 %own",
        f"%arguments = getelementptr [{WIDTH} x double], ptr %own.totals, i64 %count",
        f"%inputs.size = mul i64 %inputs, {8 * STRIDE}",
        "%results = getelementptr i8, ptr %arguments, i64 %inputs.size",
        "%start = mul i64 %number, %chunk",
        "%left = sub i64 %lanes, %start",
        "%some = call i64 @llvm.smin.i64(i64 %left, i64 %chunk)",
        "br label %block",
        "block:",
        "%sofar = phi i64 [0, %entry], [%done, %block]",
        "%lane = add i64 %start, %sofar",
        "%rest = sub i64 %some, %sofar",
        f"%these = call i64 @llvm.smin.i64(i64 %rest, i64 {BLOCK})",
        "call void @take(ptr %sources, i64 %inputs, ptr %arguments, i64 %lane, i64 %these)",
        "call void @lanes(ptr %program, ptr %room, ptr %shared, ptr %arguments, ptr %results, "
        f"ptr %own.totals, i64 {STRIDE}, i64 %these, i64 %sofar)",
        "call void @give(ptr %targets, i64 %outputs, ptr %results, i64 %lane, i64 %these)",
        f"%done = add i64 %sofar, {BLOCK}",
        "%more = icmp slt i64 %done, %some",
        "br i1 %more, label %block, label %end",
        "end:",
        "%skipped = mul i64 %number, %count",
        "%sums = getelementptr double, ptr %totals, i64 %skipped",
        "call void @reduce(ptr %own.totals, ptr %sums, i64 %count)",
        "ret void\n}",
    ]


def _take() -> list[str]:
    """Copies lanes of the arguments into rows."""
    return [
        "define internal void @take(ptr %sources, i64 %rows, ptr %to, i64 %lane, i64 %lanes) {",
        "entry:",
        "%some = icmp sgt i64 %rows, 0",
        "br i1 %some, label %row, label %end",
        "row:",
        "%which = phi i64 [0, %entry], [%which.next, %row.end]",
        "%pair = getelementptr [2 x i64], ptr %sources, i64 %which",
        *entry("%source", "%pair", 0, "ptr"),
        *entry("%step", "%pair", 1),
        "%skipped = mul i64 %lane, %step",
        "%first = getelementptr i8, ptr %source, i64 %skipped",
        f"%row.to = getelementptr [{STRIDE} x double], ptr %to, i64 %which",
        "br label %number",
        "number:",
        "%k = phi i64 [0, %row], [%k.next, %number]",
        "%away = mul i64 %k, %step",
        "%from = getelementptr i8, ptr %first, i64 %away",
        "%number.read = load double, ptr %from, align 1",
        "%number.to = getelementptr double, ptr %row.to, i64 %k",
        "store double %number.read, ptr %number.to",
        "%k.next = add i64 %k, 1",
        "%again = icmp slt i64 %k.next, %lanes",
        "br i1 %again, label %number, label %row.end",
        "row.end:",
        "%which.next = add i64 %which, 1",
        "%more = icmp slt i64 %which.next, %rows",
        "br i1 %more, label %row, label %end",
        "end:",
        "ret void\n}",
    ]


def _give() -> list[str]:
    """Copies rows of results to where they belong."""
    return [
        "define internal void @give(ptr %targets, i64 %rows, ptr %from, i64 %lane, i64 %lanes) {",
        "entry:",
        "%bytes = mul i64 %lanes, 8",
        "%some = icmp sgt i64 %rows, 0",
        "br i1 %some, label %row, label %end",
        "row:",
        "%which = phi i64 [0, %entry], [%which.next, %row]",
        "%target.at = getelementptr ptr, ptr %targets, i64 %which",
        "%target = load ptr, ptr %target.at",
        "%to = getelementptr double, ptr %target, i64 %lane",
        f"%row.from = getelementptr [{STRIDE} x double], ptr %from, i64 %which",
        "call void @llvm.memcpy.p0.p0.i64(ptr %to, ptr %row.from, i64 %bytes, i1 false)",
        "%which.next = add i64 %which, 1",
        "%more = icmp slt i64 %which.next, %rows",
        "br i1 %more, label %row, label %end",
        "end:",
        "ret void\n}",
    ]


def work_function() -> list[str]:
    """The text of work(job, thread), which runs chunks until none is left."""
    return [
        "define void @work(ptr %job, i64 %thread) {",
        "entry:",
        *_job("rooms", "room", "chunks", "next"),
        "%skipped = mul i64 %thread, %room",
        "%own = getelementptr i8, ptr %rooms, i64 %skipped",
        "br label %choose",
        "choose:",
        "%number = atomicrmw add ptr %next.at, i64 1 monotonic",
        "%some = icmp slt i64 %number, %chunks",
        "br i1 %some, label %run, label %end",
        "run:",
        "call void @chunk(ptr %job, ptr %own, i64 %number)",
        "br label %choose",
        "end:",
        "ret void\n}",
    ]
