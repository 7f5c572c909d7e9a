"""Makes the .ll files in autograd/compiling from the C++ files of the same names.

The version of clang is fixed, so that the text is always the same. Newer versions of LLVM, such
as those in llvmlite, read it. Whatever ties the text to one processor or only helps to optimize it
is removed.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "autograd" / "compiling"
CLANG = "clang++-16"
HEADER = FOLDER / "kernel.h"
SOURCES = tuple(FOLDER / f"{name}.cpp" for name in ("runtime", "interpreter", "builtin"))

OPTIONS = ("-std=c++17", "-O1", "-fno-exceptions", "-fno-rtti", "-fno-strict-aliasing", "-w")
OPTIONS += ("-target", "x86_64-linux-gnu")
# Products are added without being rounded first, on processors that can.
OPTIONS += ("-ffp-contract=fast",)
# Loops that are tested at their end, and once before it, made a `dot` 10 percent slower.
OPTIONS += ("-mllvm", "-rotation-max-header-size=0")

LINES = r"^(; ModuleID|; Function Attrs|source_filename|target |attributes |!|@.* = external "
LINES += r"|.*llvm\.lifetime).*\n"
WORDS = r" (dso_local|local_unnamed_addr|unnamed_addr|noundef|nonnull|nocapture|readonly|writeonly"
WORDS += r"|immarg|tail|fastcc|#\d+)\b|, !llvm\.loop !\d+| +; preds = .*"


def llvm_text(source: Path, clang: str) -> str:
    """The text of the file that is made from a source."""
    command = [clang, *OPTIONS, "-S", "-emit-llvm", "-o", "-", str(source)]
    made = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    text = re.sub(WORDS, "", re.sub(LINES, "", made, flags=re.MULTILINE))
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    return f"{heading(source, text)}\n{text}"


def heading(source: Path, text: str) -> str:
    """The first line, by which a test sees that the text was made from the source."""
    made_of = [file.read_text(encoding="utf-8") for file in (HEADER, source)]
    digest = hashlib.sha256("".join([*made_of, text]).encode()).hexdigest()
    return f"; made by docs/runtime.py of {source.name}: {digest}"


def main() -> None:
    clang = shutil.which(CLANG)
    if clang is None:
        sys.exit(f"this needs {CLANG}: install it, for example by `apt install clang-16`")
    for source in SOURCES:
        source.with_suffix(".ll").write_text(llvm_text(source, clang), encoding="utf-8")


if __name__ == "__main__":
    main()
