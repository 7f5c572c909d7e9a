"""How the site is made of these pages: `python -m sphinx -W docs build/docs`.

The site can be read from disk: it fetches nothing from elsewhere, and formulas are MathML, which
browsers show by themselves.
"""

import re
import shutil
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml

sys.path.insert(0, str(Path(__file__).parents[1]))

import autograd

project = "scalar-autograd"
version = release = autograd.__version__
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]

# The course, if it was built before this site.

COURSE = Path(__file__).parents[1] / "build" / "course"
if COURSE.is_dir():
    tags.add("course")  # type: ignore[name-defined]  # noqa: F821

# Pages

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3

# The API, from the docstrings, where a name in backticks is code.

default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "none"
napoleon_numpy_docstring = False

# The look. Furo is light and dark, fits a phone, and brings no font and no script from elsewhere.

html_theme = "furo"
html_title = "scalar-autograd"
html_theme_options = {"navigation_with_keys": True}
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_math_renderer = "mathml"
# Sphinx shows summaries of what it finds by reading pages, which a page on disk may not do.
html_show_search_summary = False


def setup(app: Any) -> None:
    """Tells Sphinx about formulas, blocks and docstrings."""
    app.add_html_math_renderer("mathml", (_inline_formula, None), (_formula, None))
    app.connect("doctree-read", _end_blocks_with_their_text)
    # Before napoleon, which makes markup of its own.
    app.connect("autodoc-process-docstring", _take_as_plain_text, priority=400)
    app.connect("build-finished", _add_course)


def _add_course(app: Any, error: Exception | None) -> None:
    if COURSE.is_dir() and error is None:
        shutil.copytree(COURSE, Path(app.outdir) / "course", dirs_exist_ok=True)


def _inline_formula(writer: Any, node: nodes.Element) -> None:
    writer.body.append(tex2mathml(node.astext(), as_block=False))
    raise nodes.SkipNode


def _formula(writer: Any, node: nodes.Element) -> None:
    writer.body.append(tex2mathml(node.astext(), as_block=True))
    raise nodes.SkipNode


def _end_blocks_with_their_text(_app: Any, page: nodes.document) -> None:
    # A doctest ends with an empty line, which only its reader needs.
    for block in page.findall(nodes.literal_block):
        text = block.astext().rstrip()
        block.rawsource = text
        block.children = [nodes.Text(text)]


def _take_as_plain_text(
    _app: Any, _what: str, _name: str, _object: Any, _options: Any, lines: list[str]
) -> None:
    # Docstrings are plain text with code in backticks, where `*` and `|` mark nothing up. A
    # paragraph that is indented after a colon and an empty line is shown as it is written.
    paragraphs = "\n".join(lines).split("\n\n")
    for index, paragraph in enumerate(paragraphs):
        before = paragraphs[index - 1] if index else ""
        if paragraph.lstrip().startswith(">>>"):
            continue
        if before.endswith(":") and paragraph.startswith("    "):
            paragraphs[index - 1] += ":"
            continue
        parts = re.split("(`[^`]*`)", paragraph)
        parts[::2] = [re.sub(r"([*|])", r"\\\1", part) for part in parts[::2]]
        paragraphs[index] = "".join(parts)
    lines[:] = "\n\n".join(paragraphs).split("\n")
