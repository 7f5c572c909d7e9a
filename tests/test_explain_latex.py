"""The LaTeX of walk-throughs: any label whatever, and documents that compile."""

import random
import re
import shutil
import subprocess
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from witnesses import relaxed

import nn
from autograd import Value, explain, log, maximum, relu, sqrt
from autograd.explaining.name_printing import name_latex

AWKWARD = [
    '"a" {b|c} <d> &amp; \\N\n\n\tλ \x07',
    "50% of b_1 #1 $x$",
    "h^2~`*",
    "\\end{align*}",
    "σ",
    "中文",
    "é_ü",
    "ð þ ß",
    "w[0]",
    "h'",
    "…",
    "_y",
    "x_",
    "b₁²",
    "𝛼",
    "😀",
    "1e5",
    "-",
    "a" * 40,
]

# Commands of LaTeX, amsmath and MathJax alike. Text within \text is checked on its own.
COMMANDS = {
    *(r"\frac", r"\partial", r"\left", r"\right", r"\cdot", r"\text", r"\sigma", r"\eta"),
    *(r"\backslash", r"\wedge", r"\sim", r"\vert", r"\prime", r"\ldots", r"\leftarrow"),
    *(r"\operatorname", r"\sqrt", r"\exp", r"\log", r"\sin", r"\qquad", r"\infty", r"\begin"),
    *(r"\end", r"\leq", r"\geq", r"\approx", r"\quad"),
    *(r"\begingroup", r"\endgroup", r"\allowdisplaybreaks"),
}
SYMBOLS = {r"\{", r"\}", r"\$", r"\&", r"\#", r"\%", r"\_", r"\\", r"\,"}


def awkward_graph():
    total = Value(1.0) * 0.5
    for position, label in enumerate([*AWKWARD, *AWKWARD[:3]], 1):
        leaf = Value(-1e-7 * position, label=label)
        hidden = leaf * 2
        hidden.label = f"h{label}"
        total = total + relu(hidden) * hidden - abs(hidden) / (hidden + 1) + maximum(hidden, leaf)
    return total


def faults(source):
    """What in formulas would stop LaTeX, in words."""
    found = []
    for command in re.findall(r"\\(?:[a-zA-Z]+|.)", source, flags=re.DOTALL):
        if command not in COMMANDS | SYMBOLS:
            found.append(f"unknown command {command}")
    bare = re.sub(r"\\\\|\\[{}$&#%_]", "", source)
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    if depth:
        found.append("braces that do not match")
    if bare.count(r"\left") != bare.count(r"\right") + bare.count(r"\leftarrow"):
        found.append(r"\left without \right")
    found += [f"a bare {c}" for c in "$#%~" if c in bare]
    return found


@given(st.text(min_size=1, max_size=12))
@example("a_b_c")
@example("_")
@example("x__y")
@example("x1y2")
@example("[1]")
@example("a[b][2]")
@example("'")
@example("\\")
@relaxed
def test_any_label_is_written_in_latex_that_is_well_formed(label):
    written = name_latex(label)
    commands = re.sub(
        r"\\(alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa)\b", "", written
    )
    commands = re.sub(r"\\(lambda|mu|nu|xi|pi|rho|tau|upsilon|phi|chi|psi|omega)\b", "", commands)
    assert not faults(commands), f"{label!r} is written {written}: {faults(commands)}"
    bare = re.sub(r"\\.", "", re.sub(r"\\text\{[^{}]*\}", "", written), flags=re.DOTALL)
    assert "&" not in bare, f"{label!r} is written {written}"
    assert bare.isascii(), f"{label!r} is written {written}, with letters outside of text"


@given(st.text(max_size=8), st.text(max_size=8))
@example("a\nb", "a\tb")
@relaxed
def test_any_label_keeps_each_line_a_line(first, second):
    x, y = Value(2.0, label=first), Value(3.0, label=second)
    shown = str(explain(x * y + x, of=[x, y]))
    assert len(shown.splitlines()) <= 12, f"labels break lines:\n{shown}"


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("w", "w"),
        ("w5", "w_{5}"),
        ("w12", "w_{12}"),
        ("a_h1", "a_{h_{1}}"),
        ("w_i1j2", "w_{i_{1}j_{2}}"),
        ("x1_2", r"x_{1\,2}"),
        ("E_total", r"E_{\text{total}}"),
        ("prediction", r"\text{prediction}"),
        ("h'", "h'"),
        ("λ", r"\lambda"),
        ("beta_1", r"\beta_{1}"),
        ("y₁", "y_{1}"),
        ("w⁰₁₀", "w^{(0)}_{10}"),
        ("w⁰_12_3", r"w^{(0)}_{12\,3}"),
        ("w[0]", "{w}_{[\\text{0}]}"),
        ("o - t", r"\left(\text{o }-\text{ t}\right)"),
    ],
)
def test_usual_labels_are_set_as_people_write_them(label, written):
    assert name_latex(label) == written


def test_a_whole_document_is_well_formed():
    source = explain(awkward_graph(), 0.1).latex()
    bare = re.sub(r"\\(section\*|lambda)", "", source)
    bare = re.sub(r"(?m)^(Numbers|The error) .*$", "", bare)
    assert not faults(bare), faults(bare)


def test_markdown_keeps_formulas_between_dollars():
    lines = explain(awkward_graph(), 0.1).markdown().splitlines()
    fences = [line for line in lines if line.startswith("$$")]
    assert set(fences) == {"$$"}
    assert len(fences) % 2 == 0
    assert not [line for line in lines if re.search(r"<[a-zA-Z/!]", line)], "HTML in Markdown"


def network():
    model = nn.MLP(2, [3, 1], rng=random.Random(0))
    error = nn.half_squared_error(model([1.0, 0.5]), 1.0)
    return explain(error, 0.1, of=model.parameters())


def chain():
    value = Value(1.0, label="x")
    for position in range(150):
        value = value.sin()
        value.label = f"s{position}"
    return explain(value)


DOCUMENTS = {
    "awkward labels": lambda: explain(awkward_graph(), 0.1),
    "network": network,
    "chain": chain,
    "infinities": lambda: explain(log(Value(0.0, label="p")) * sqrt(Value(4.0, label="q"))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_compiles(name, tmp_path):
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    (tmp_path / "walk.tex").write_text(DOCUMENTS[name]().latex(document=True), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "walk.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert run.returncode == 0, run.stdout.decode("utf-8", "replace")[-2000:]


def test_displays_break_over_pages_wherever_they_are_put():
    fragment = network().latex()
    assert fragment.startswith("\\begingroup\\allowdisplaybreaks\n")
    assert fragment.endswith("\n\\endgroup")
    # Displays of one box never break.
    assert set(re.findall(r"\\begin\{(.*?)\}", fragment)) == {"align*"}


def test_a_long_sum_goes_on_in_another_line():
    pairs = [(Value(0.5, f"alpha{i}"), Value(2.0, f"omega{i}")) for i in range(5)]
    total = sum((alpha * omega for alpha, omega in pairs), 0)
    (formula,) = re.findall(r"(?m)^E &= .*\n.*", explain(total).latex())
    assert " \\\\\n&\\quad {} + " in formula, formula


# Letters with one of LaTeX's accents; all else beyond ASCII has to be declared.
KNOWN = re.compile("[A-Za-z][\u0300\u0301\u0302\u0303\u0308\u0327]?")


@given(st.text(min_size=1, max_size=8))
@example("e\u0301")
@example("\u0301")
@example("x\u0301\u0302")
@example("ế")
@example("ẅ")
@example("q\u0327")
@example("\ufeff\u202e\u200d\u00ad\u00a0")
@example("👩\u200d👩\ufe0f")
@example("中文\ud800")
@relaxed
def test_a_document_declares_what_latex_does_not_know(label):
    x = Value(2.0, label=label)
    source = explain(x * x).latex(document=True)
    preamble, _, body = source.partition("\\begin{document}")
    declared = re.findall(r"\\DeclareUnicodeCharacter\{([0-9A-F]+)\}", preamble)
    assert all(int(code, 16) >= 0x80 for code in declared), preamble
    for character in body:
        assert character.isprintable() or character == "\n", f"{character!r} in {body}"
        decomposed = unicodedata.normalize("NFD", character)
        is_known = character < "\u0180" and KNOWN.fullmatch(decomposed)
        if not (character.isascii() or is_known):
            assert f"{ord(character):04X}" in declared, f"{character!r} is not declared: {preamble}"


def test_a_letter_and_its_accent_are_one():
    assert name_latex("e\u0301") == name_latex("é") == r"\text{é}"
