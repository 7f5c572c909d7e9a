"""Machine code on disk: written by one process of a user, and read only by that user's processes.

Whoever can write what is read here can run any code. So a file is read only if it and its folder
belong to this user, if no one else can write to either, and if no one else can put another folder
in its place. Windows has no such owners and modes: there the folder is the one that Windows makes
for the user, or one that the user names.
"""

import contextlib
import hashlib
import os
import re
import stat
import sys
import time
import warnings
from pathlib import Path

# Names a folder to use instead of the user's cache folder. If it is empty, nothing is kept.
_VARIABLE = "AUTOGRAD_CACHE_DIR"

_MOST_FILES = 500
_LARGEST_FILE = 2**24

# Only files with such names are ever deleted.
_KEPT = re.compile(r"[0-9a-f]{64}\.o")
_LEFT_BEHIND = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{16}\.tmp")
_SECONDS_UNTIL_LEFT_BEHIND = 3600

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_has_warned = False


class _NotTrustedError(Exception):
    """Others may have written what would be read. The message says what to do about it."""


def kept(name: str) -> bytes | None:
    """The code that was kept under a name; None if there is none.

    Warns, once in a process, if others may have written it.

    Args:
        name: the SHA-256 of the source of the code, in hexadecimal digits.
    """
    try:
        folder = _folder()
        content = _content(folder / f"{name}.o") if folder else b""
    except _NotTrustedError as reason:
        _warn(reason)
        return None
    except OSError:
        return None
    digest, code = content[:32], content[32:]
    return code if digest == _digest(name, code) else None


def keep(name: str, code: bytes) -> None:
    """Keeps code for later processes, if there is a folder for it."""
    with contextlib.suppress(_NotTrustedError, OSError):
        folder = _folder()
        # The mode is checked because the superuser can write to a read-only folder.
        if folder and folder.stat().st_mode & stat.S_IWUSR and len(code) < _LARGEST_FILE - 32:
            temporary = folder / f"{name}.{os.urandom(8).hex()}.tmp"
            try:
                with open(temporary, "xb", opener=_for_this_user) as file:
                    file.write(_digest(name, code) + code)
                os.replace(temporary, folder / f"{name}.o")
            finally:
                # The file is still there if the disk is full, or after an interrupt.
                temporary.unlink(missing_ok=True)
            _tidy(folder)


# A truncated file has another digest, and so has a file under the name of another.
def _digest(name: str, code: bytes) -> bytes:
    return hashlib.sha256(bytes.fromhex(name) + code).digest()


def _folder() -> Path | None:
    """The folder where machine code is kept, which exists and belongs to this user alone."""
    folder = _folder_name()
    if folder and os.name == "nt":
        folder.mkdir(parents=True, exist_ok=True)
    elif folder:
        _require_no_other_can_replace(folder)
        _require_own(folder.stat(), folder)
    return folder


def _folder_name() -> Path | None:
    named = os.environ.get(_VARIABLE)
    if named is not None:
        if named and not os.path.isabs(named):
            raise _NotTrustedError(
                f"{_VARIABLE} is {named!r}, which is another folder wherever the program is "
                "started: name a folder by its full path"
            )
        return Path(named) if named else None
    caches = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG Base Directory Specification: a relative path is ignored.
    if not os.path.isabs(caches):
        own = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local"}
        home = own.get(sys.platform, "~/.cache")
        # An empty HOME would stand for the root folder.
        caches = os.path.expanduser(home) if os.environ.get("HOME") != "" else ""
    # Without a home there is no folder.
    return Path(caches) / "scalar-autograd" if os.path.isabs(caches) else None


def _require_no_other_can_replace(path: Path) -> None:
    """Raises if anyone else could replace a folder. A missing folder is made for this user alone.

    It works from the root down, so that what has been checked can't be replaced any more.
    """
    for part in (*reversed(path.parents), path):
        if not os.path.lexists(part):
            with contextlib.suppress(FileExistsError):
                part.mkdir(0o700)
                part.chmod(0o700)
        status = part.lstat()
        if status.st_uid not in (0, os.geteuid()):
            raise _belongs_to_another(status, part)
        if stat.S_ISLNK(status.st_mode):
            # A cycle of links raises OSError here.
            with contextlib.suppress(FileNotFoundError):
                part.stat()
            _require_no_other_can_replace(part.parent / os.readlink(part))
        elif status.st_mode & _OTHERS_WRITE and not status.st_mode & stat.S_ISVTX:
            raise _others_can_write(part)


def _require_own(status: os.stat_result, path: Path) -> None:
    if status.st_uid != os.geteuid():
        raise _belongs_to_another(status, path)
    if status.st_mode & _OTHERS_WRITE:
        raise _others_can_write(path)


def _belongs_to_another(status: os.stat_result, path: Path) -> _NotTrustedError:
    return _NotTrustedError(
        f"{str(path)!r} belongs to user {status.st_uid}, and this process to user "
        f"{os.geteuid()}: name a folder of this user in {_VARIABLE}"
    )


def _others_can_write(path: Path) -> _NotTrustedError:
    return _NotTrustedError(
        f"others than this user can write to {str(path)!r}: run `chmod go-w {str(path)!r}`, "
        f"or name another folder in {_VARIABLE}"
    )


def _content(path: Path) -> bytes:
    """What is in a file, which is checked after it was opened: then it can't be replaced."""
    with open(path, "rb", opener=_without_following) as file:
        status = os.fstat(file.fileno())
        if os.name != "nt":
            _require_own(status, path)
        is_one = stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST_FILE
        return file.read(status.st_size) if is_one else b""


def _without_following(path: str, flags: int) -> int:
    # Opening a link fails, and opening a pipe does not wait for a writer.
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))


def _for_this_user(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _tidy(folder: Path) -> None:
    """Deletes the oldest files if there are too many, and what killed processes left behind."""
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    written = {file.path: file.stat(follow_symlinks=False).st_mtime for file in files}
    code = sorted((f.path for f in files if _KEPT.fullmatch(f.name)), key=written.__getitem__)
    long_ago = time.time() - _SECONDS_UNTIL_LEFT_BEHIND
    left = [f.path for f in files if _LEFT_BEHIND.fullmatch(f.name) and written[f.path] < long_ago]
    for path in code[:-_MOST_FILES] + left:
        Path(path).unlink(missing_ok=True)


def _warn(reason: _NotTrustedError) -> None:
    global _has_warned
    if not _has_warned:
        _has_warned = True
        warnings.warn(
            f"machine code is compiled anew: {reason}. To keep no machine code, and silence this "
            f"warning, set {_VARIABLE} to the empty string",
            RuntimeWarning,
            stacklevel=2,
        )
