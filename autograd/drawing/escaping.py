"""Text as Graphviz writes it."""

import unicodedata


def escape(text: str) -> str:
    r"""Text as it is written in a Graphviz label, records included, whatever its characters.

    >>> escape('a "b" {c}\n<d> \\N')
    'a &quot;b&quot; &#123;c&#125;\\n&lt;d&gt; \\\\N'
    """
    # A line of nothing makes WebAssembly's Graphviz read memory that it has not set.
    lines = [line if line.strip() else "\xa0" for line in text.split("\n")]
    return r"\n".join("".join(map(_escaped, line)) for line in lines)


_ESCAPES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "{": "&#123;",
    "|": "&#124;",
    "}": "&#125;",
    "\\": r"\\",
}


def _escaped(character: str) -> str:
    # Control characters, lone surrogates and unassigned ones may not stand in XML.
    if unicodedata.category(character) in ("Cc", "Cs", "Cn"):
        return rf"\\u{ord(character):04x}"
    return _ESCAPES.get(character, character)
