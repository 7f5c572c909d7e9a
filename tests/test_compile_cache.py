"""Machine code on disk: found by the next process, mended where damaged, never required.

And never another's: whatever someone else may have written is not run.
"""

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograd import compile, sin, tanh

pytest.importorskip("llvmlite")

with_modes = pytest.mark.skipif(os.name == "nt", reason="Windows has no owners and modes")

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
        # Far more than it takes: what hangs shall fail.
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return done.stdout


def files(folder):
    """Each file's content and when it was written."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def refuse_to_compile(*_):
    raise AssertionError("compiled again")


@pytest.fixture(autouse=True)
def no_warning_yet(monkeypatch):
    monkeypatch.setattr("autograd.compiling.cache._has_warned", False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRAD_CACHE_DIR", str(tmp_path / "machine" / "code"))
    return tmp_path / "machine" / "code"


def test_a_second_process_does_not_compile_again(tmp_path):
    printed = run(tmp_path)
    before = files(tmp_path)
    assert len(before) == 3, "one file for each program and one for calls, and nothing else"
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
    "garbage with a digest": lambda content: hashlib.sha256(b"garbage").digest() + b"garbage",
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


@with_modes
def test_a_folder_that_can_not_be_written_to(folder):
    folder.mkdir(parents=True)
    folder.chmod(0o500)
    try:
        assert compile(lambda x: x * 3, backend="native")(2.0) == 6.0
        assert not list(folder.iterdir())
    finally:
        folder.chmod(0o700)


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
    assert len(files(tmp_path)) == 3


def test_another_program_is_another_file(folder):
    for constant in (1.0, -0.0, 0.0, float("nan")):
        compile(lambda x, c=constant: sin(x) + c * x, backend="native")(2.0)
    assert len(list(folder.iterdir())) == 4


def test_a_file_that_was_renamed_is_not_taken_for_another(folder):
    programs = {3: lambda x: x * 3, 5: lambda x: x * 5}
    paths = []
    for program in programs.values():
        compile(program, backend="native")(2.0)
        paths += [path for path in folder.iterdir() if path not in paths]
    first, second = paths
    exchanged = second.read_bytes()
    second.write_bytes(first.read_bytes())
    first.write_bytes(exchanged)
    for factor, program in programs.items():
        assert compile(program, backend="native")(2.0) == 2.0 * factor


def make_link_to_zeros(path):
    path.symlink_to("/dev/zero")


def make_link_to_itself(path):
    path.symlink_to(path)


def make_huge(path):
    with open(path, "wb") as file:
        file.truncate(2**40)


# Reading one of these would wait for ever, take all memory, or fail.
NO_FILES = {
    "a pipe": lambda path: os.mkfifo(path),
    "a link to zeros without end": make_link_to_zeros,
    "a link to itself": make_link_to_itself,
    "a folder": lambda path: path.mkdir(),
    "a file of a terabyte": make_huge,
}


@with_modes
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_of_ours_is_not_read(make, tmp_path):
    expected = run(tmp_path)
    paths = list(tmp_path.iterdir())
    for path in paths:
        path.unlink()
        make(path)
    assert run(tmp_path) == expected
    assert sorted(tmp_path.iterdir()) == sorted(paths), "a temporary file was left"


# Where it is kept


@pytest.fixture
def places(tmp_path, monkeypatch):
    """A home and a working folder, both empty, and nothing that says where caches are kept."""
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("HOME", str(home))
    for name in ("AUTOGRAD_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def folders_of_code(top):
    compile(lambda x: x * 3, backend="native")(2.0)
    return sorted({str(path.parent.relative_to(top)) for path in top.rglob("*.o")})


CACHES = {"darwin": "home/Library/Caches"}.get(sys.platform, "home/.cache")


@with_modes
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, f"{CACHES}/scalar-autograd"),
        ({"XDG_CACHE_HOME": "TOP/caches"}, "caches/scalar-autograd"),
        # What the XDG Base Directory Specification says of relative paths, and of empty ones.
        ({"XDG_CACHE_HOME": "caches"}, f"{CACHES}/scalar-autograd"),
        ({"XDG_CACHE_HOME": "."}, f"{CACHES}/scalar-autograd"),
        ({"XDG_CACHE_HOME": "~/caches"}, f"{CACHES}/scalar-autograd"),
        ({"XDG_CACHE_HOME": ""}, f"{CACHES}/scalar-autograd"),
        ({"AUTOGRAD_CACHE_DIR": "TOP/code", "XDG_CACHE_HOME": "TOP/caches"}, "code"),
        ({"AUTOGRAD_CACHE_DIR": ""}, None),
        ({"AUTOGRAD_CACHE_DIR": "", "XDG_CACHE_HOME": "TOP/caches"}, None),
        ({"HOME": ""}, None),
        ({"HOME": "", "XDG_CACHE_HOME": "TOP/caches"}, "caches/scalar-autograd"),
        ({"HOME": "home"}, None),
        ({"HOME": "~"}, None),
    ],
    ids=str,
)
def test_where_it_is_kept(variables, expected, places, monkeypatch):
    for name, value in variables.items():
        monkeypatch.setenv(name, value.replace("TOP", str(places)))
    assert folders_of_code(places) == ([expected] if expected else [])


@with_modes
@pytest.mark.parametrize("relative", ["code", ".", "./code", "../code", "~/code"])
def test_a_folder_that_depends_on_where_a_program_is_started(relative, places, monkeypatch):
    monkeypatch.setenv("AUTOGRAD_CACHE_DIR", relative)
    with pytest.warns(RuntimeWarning, match="AUTOGRAD_CACHE_DIR .* full path"):
        assert folders_of_code(places) == []
    assert not list((places / "work").iterdir())


@with_modes
def test_a_user_without_a_home(places, monkeypatch):
    monkeypatch.delenv("HOME")
    monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    assert folders_of_code(places) == []


@with_modes
@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077, 0o277, 0o777], ids=oct)
def test_new_folders_are_this_users_alone(umask, places):
    before = os.umask(umask)
    try:
        (folder,) = folders_of_code(places)
    finally:
        os.umask(before)
    while folder != "home":
        mode = stat.S_IMODE((places / folder).stat().st_mode)
        assert mode == 0o700, f"{folder} has the mode {mode:o}"
        folder = str(Path(folder).parent)
    (path,) = places.rglob("*.o")
    assert not path.stat().st_mode & 0o077


# Whom it is read from

ANOTHER = 54321


@pytest.fixture
def planted(folder, monkeypatch):
    """A file of code that is not what its name says, else as it should be: x * 5 for x * 3."""
    from autograd.compiling import machine_code

    right = machine_code._compile

    def wrong(text, machine):
        assert "0x4008000000000000" in text, "the program has changed: 3.0 is not in it"
        return right(text.replace("0x4008000000000000", "0x4014000000000000"), machine)

    with monkeypatch.context() as patch:
        patch.setattr(machine_code, "_compile", wrong)
        assert three_times_two() == 10.0
    assert three_times_two() == 10.0, "code that is planted is not run: these tests show nothing"
    (path,) = folder.iterdir()
    return path


def three_times_two():
    return compile(lambda x: x * 3, backend="native")(2.0)


def given_to_another(path):
    if os.geteuid() != 0:
        pytest.skip("only the superuser can give files to another user")
    os.chown(path, ANOTHER, ANOTHER, follow_symlinks=False)


def reached_by_a_link(path):
    """The folder moves elsewhere, and a link is in its place."""
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def link_of_another(path):
    reached_by_a_link(path)
    given_to_another(path)


def links_of_which_one_lies_in(path):
    """Two links of one's own lead to the folder: the second lies in the folder that this gives."""
    reached_by_a_link(path)
    between = path.with_name("between")
    between.mkdir()
    (between / "link").symlink_to("../elsewhere")
    path.unlink()
    path.symlink_to("between/link")
    return between


HOLES = {
    "the file is another's": given_to_another,
    "a group can write the file": lambda path: path.chmod(0o620),
    "all can write the file": lambda path: path.chmod(0o602),
    "the folder is another's": lambda path: given_to_another(path.parent),
    "a group can write to the folder": lambda path: path.parent.chmod(0o770),
    "all can write to the folder": lambda path: path.parent.chmod(0o707),
    "all can write to the folder, as to /tmp": lambda path: path.parent.chmod(0o1777),
    "the parent is another's": lambda path: given_to_another(path.parents[1]),
    "a group can write to the parent": lambda path: path.parents[1].chmod(0o770),
    "all can write to the parent": lambda path: path.parents[1].chmod(0o777),
    "all can write to the parent's parent": lambda path: path.parents[2].chmod(0o777),
    "the folder is reached by another's link": lambda path: link_of_another(path.parent),
    "the parent is reached by another's link": lambda path: link_of_another(path.parents[1]),
    "a link on the way lies in another's folder": lambda path: given_to_another(
        links_of_which_one_lies_in(path.parent)
    ),
    "all can exchange a link on the way": lambda path: links_of_which_one_lies_in(
        path.parent
    ).chmod(0o777),
}


@with_modes
@pytest.mark.parametrize("make_hole", HOLES.values(), ids=HOLES)
def test_code_that_others_may_have_written_is_not_run(make_hole, planted, tmp_path):
    content = planted.read_bytes()
    make_hole(planted)
    try:
        with pytest.warns(RuntimeWarning, match="machine code is compiled anew") as said:
            assert three_times_two() == 6.0, "code that was planted has run"
        assert len(said) == 1
        assert str(tmp_path.parent) in str(said[0].message), "the place is not named"
        assert "AUTOGRAD_CACHE_DIR" in str(said[0].message), "what to do is not said"
        # It is said once in a process: a second warning would be an error here.
        assert three_times_two() == 6.0
        if planted.read_bytes() != content:
            # The folder is this user's alone, so the file was mended. Nowhere else is one written.
            assert planted.stat().st_uid == os.geteuid()
            assert not planted.stat().st_mode & 0o022
            assert three_times_two() == 6.0
    finally:
        tmp_path.chmod(0o700)


OWN = {
    "a parent where all may make folders, as in /tmp": lambda path: path.parents[1].chmod(0o1777),
    "a folder that all can read": lambda path: path.parent.chmod(0o755),
    "a file that all can read": lambda path: path.chmod(0o644),
    "a link of one's own": lambda path: reached_by_a_link(path.parent),
    "a link of one's own to the parent": lambda path: reached_by_a_link(path.parents[1]),
    "a link of one's own to a link": lambda path: links_of_which_one_lies_in(path.parent),
}


@with_modes
@pytest.mark.parametrize("change", OWN.values(), ids=OWN)
def test_code_that_no_one_else_can_write_is_read(change, planted):
    change(planted)
    assert three_times_two() == 10.0, "the file was not read"


@with_modes
def test_another_user_reads_nothing_of_this_one(planted, monkeypatch):
    """The same from the other side, without the superuser: this process is another's."""
    monkeypatch.setattr("os.geteuid", lambda: ANOTHER)
    with pytest.warns(RuntimeWarning, match=f"this process to user {ANOTHER}"):
        assert three_times_two() == 6.0


@with_modes
def test_a_process_of_another_user_reads_nothing_of_this_one():
    """In earnest, with a folder that all can read."""
    if os.geteuid() != 0:
        pytest.skip("only the superuser can become another user")
    program = f"""
import os
folder = os.environ["AUTOGRAD_CACHE_DIR"]
def result():
    return autograd.compile(lambda x: autograd.sin(x) * x, backend="native")(2.0)
os.environ["AUTOGRAD_CACHE_DIR"] = ""
{PROGRAM}
os.environ["AUTOGRAD_CACHE_DIR"] = folder
expected = result()
files = os.listdir(folder)
assert len(files) == 1, files
os.setgroups([])
os.setgid({ANOTHER})
os.setuid({ANOTHER})
import warnings
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    assert result() == expected == result()
assert [said.category for said in said] == [RuntimeWarning], said
assert "belongs to user 0, and this process to user {ANOTHER}" in str(said[0].message)
assert os.listdir(folder) == files
"""
    # Not below the folder of the tests, which no one else can enter.
    folder = tempfile.mkdtemp()
    try:
        os.chmod(folder, 0o755)
        run(folder, program)
    finally:
        shutil.rmtree(folder)


@with_modes
def test_the_superuser_in_the_home_of_another(places):
    """As `sudo` leaves it: nothing is read there, and nothing is made there."""
    given_to_another(places / "home")
    with pytest.warns(RuntimeWarning, match=f"belongs to user {ANOTHER}"):
        assert folders_of_code(places) == []
    assert not list((places / "home").iterdir())


@with_modes
def test_a_warning_that_is_an_error_comes_once(planted):
    planted.parent.chmod(0o777)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(RuntimeWarning, match="chmod go-w"):
            three_times_two()
        assert three_times_two() == 6.0


@with_modes
def test_what_the_warning_says_helps(planted):
    planted.parent.chmod(0o777)
    with pytest.warns(RuntimeWarning) as said:
        assert three_times_two() == 6.0
    command = str(said[0].message).split("`")[1]
    subprocess.run(command, shell=True, check=True)
    assert three_times_two() == 10.0, "the file was not read"


# What is deleted, and what is left


def test_only_files_of_ours_are_deleted(folder, monkeypatch):
    monkeypatch.setattr("autograd.compiling.cache._MOST_FILES", 3)
    folder.mkdir(parents=True, mode=0o700)
    digests = [hashlib.sha256(bytes([number])).hexdigest() for number in range(5)]
    others = ["main.o", "f" * 63 + ".o", "F" * 64 + ".o", "f" * 64, "f" * 64 + ".obj"]
    others += ["f" * 64 + ".tmp", "f" * 64 + ".o.tmp", "tmpabcdefgh", "notes.tmp"]
    temporary = ["0" * 64 + ".0123456789abcdef.tmp", "1" * 64 + ".0123456789abcdef.tmp"]
    for name in [f"{digest}.o" for digest in digests] + others + temporary:
        (folder / name).write_bytes(b"")
    now = time.time()
    for number, digest in enumerate(digests):
        os.utime(folder / f"{digest}.o", (now, now - 9000 + number))
    for name in [*others, temporary[0]]:
        os.utime(folder / name, (now, now - 99_999))
    (folder / ("e" * 64 + ".o")).mkdir()
    compile(lambda x: x * 3, backend="native")(2.0)
    left = {path.name for path in folder.iterdir()}
    assert set(others) <= left, f"deleted: {sorted(set(others) - left)}"
    assert "e" * 64 + ".o" in left
    assert temporary[0] not in left, "what a process left long ago is still there"
    assert temporary[1] in left, "another process may just be writing that"
    assert [f"{digest}.o" in left for digest in digests] == [False] * 3 + [True] * 2


@with_modes
def test_a_full_disk_leaves_nothing(tmp_path):
    """No file may grow beyond 100 bytes: a write fails when some of it is written."""
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
    assert run(tmp_path, limit + PROGRAM) == run("")
    assert not list(tmp_path.iterdir())


# A file that was just being opened is closed by the collector, which says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_interrupt_at_any_line_leaves_nothing_half_done(folder):
    def interrupt_each():
        lines = 0
        while interrupted(three_times_two, at=lines):
            lines += 1
            left = list(folder.iterdir()) if folder.exists() else []
            assert [path.suffix for path in left] in ([], [".o"]), f"after line {lines}: {left}"
            assert three_times_two() == 6.0
            for path in folder.iterdir():
                path.unlink()
        return lines

    # What is raised from a trace stays the context of later errors of its thread.
    with ThreadPoolExecutor(1) as thread:
        lines = thread.submit(interrupt_each).result()
    assert lines > 50, "hardly any line was interrupted"


def interrupted(action, at):
    """Whether an action came to its line of this number, and was interrupted there."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        if Path(frame.f_code.co_filename).name not in ("machine_code.py", "cache.py"):
            return None
        if event == "line":
            count += 1
            if count == at + 1:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False
