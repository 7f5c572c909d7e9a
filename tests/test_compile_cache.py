"""Machine code on disk: found by the next process, mended where damaged, never required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograd import compile, sin, tanh

pytest.importorskip("llvmlite")

PROGRAM = """
import autograd
fast = autograd.compile(lambda x: autograd.sin(x) * x, backend="native")
print(fast(2.0), fast.value_and_grad(2.0))
"""


def run(folder, program=PROGRAM, **environment):
    """What a process of its own prints, with this folder for machine code."""
    environment = {**os.environ, "AUTOGRAD_CACHE_DIR": str(folder), **environment}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env=environment,
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout


def files(folder):
    """Each file's content and when it was written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def refuse_to_compile(*_):
    raise AssertionError("compiled again")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRAD_CACHE_DIR", str(tmp_path / "machine" / "code"))
    return tmp_path / "machine" / "code"


def test_a_second_process_does_not_compile_again(tmp_path):
    printed = run(tmp_path)
    before = files(tmp_path)
    assert len(before) == 2, "one file for each program, and nothing else"
    assert run(tmp_path) == printed
    assert files(tmp_path) == before


def test_what_is_on_disk_is_not_compiled_again(folder, monkeypatch):
    expected = compile(lambda x: tanh(x) * x, backend="native")(2.0)
    monkeypatch.setattr("autograd.compiling.machine_code._compile", refuse_to_compile)
    assert compile(lambda x: tanh(x) * x, backend="native")(2.0) == expected
    with pytest.raises(AssertionError, match="compiled again"):
        compile(lambda x: tanh(x) * x * 2, backend="native")(2.0)


DAMAGES = {
    "cut off": lambda content: content[: len(content) // 2],
    "a bit turned": lambda content: content[:-9] + bytes([content[-9] ^ 4]) + content[-8:],
    "the first bit turned": lambda content: bytes([content[0] ^ 1]) + content[1:],
    "empty": lambda content: b"",
    "zeros": lambda content: bytes(len(content)),
    "something else": lambda content: b"not machine code",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_compiled_anew(damage, folder):
    expected = compile(lambda x: tanh(x) * x, backend="native")(2.0)
    (path,) = folder.iterdir()
    right = path.read_bytes()
    path.write_bytes(damage(right))
    assert compile(lambda x: tanh(x) * x, backend="native")(2.0) == expected
    assert path.read_bytes()[:32] == right[:32], "the file was not mended"
    assert list(folder.iterdir()) == [path]


def test_a_folder_that_can_not_be_made(tmp_path, monkeypatch):
    occupied = tmp_path / "a file"
    occupied.write_text("no folder")
    monkeypatch.setenv("AUTOGRAD_CACHE_DIR", str(occupied / "machine code"))
    assert compile(lambda x: x * 3, backend="native")(2.0) == 6.0
    monkeypatch.setenv("AUTOGRAD_CACHE_DIR", str(occupied))
    assert compile(lambda x: x * 3, backend="native")(2.0) == 6.0


def test_a_folder_that_can_not_be_written_to(folder, monkeypatch):
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    try:
        # The superuser may write anywhere, so the files are refused too.
        monkeypatch.setattr("tempfile.mkstemp", refuse_to_write)
        assert compile(lambda x: x * 3, backend="native")(2.0) == 6.0
        assert not list(folder.iterdir())
    finally:
        folder.chmod(0o700)


def refuse_to_write(*_, **__):
    raise PermissionError("this folder is not writable")


def test_no_home_folder(tmp_path):
    """Where nothing says where caches are kept, and there is no home to keep them in."""
    program = "import os; del os.environ['AUTOGRAD_CACHE_DIR'], os.environ['HOME']\n"
    program += "import os, pwd; pwd.getpwuid = {}.__getitem__\n" if os.name == "posix" else ""
    if os.name != "posix":
        pytest.skip("Windows and its caches")
    assert run(tmp_path, program + PROGRAM) == run(tmp_path)


def test_many_processes_at_once(tmp_path):
    """They write the same files; each is replaced as a whole."""
    environment = {**os.environ, "AUTOGRAD_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", PROGRAM]
    root = Path(__file__).parents[1]
    running = [
        subprocess.Popen(command, env=environment, cwd=root, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    printed = {process.communicate()[0] for process in running}
    assert [process.returncode for process in running] == [0, 0, 0]
    assert len(printed) == 1
    assert len(files(tmp_path)) == 2


def test_another_program_is_another_file(folder):
    for constant in (1.0, -0.0, 0.0, float("nan")):
        compile(lambda x, c=constant: sin(x) + c * x, backend="native")(2.0)
    assert len(list(folder.iterdir())) == 4
