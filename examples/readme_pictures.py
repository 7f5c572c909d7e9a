"""Makes docs/neuron.svg anew: what the first block of the README draws."""

import doctest
import shutil
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[1]


def run_first_block() -> Path:
    """Runs the first block of the README; returns where its picture is."""
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    block = readme.split("```python\n")[1].split("```")[0]
    names: dict[str, Any] = {}
    for example in doctest.DocTestParser().get_examples(block):
        exec(example.source, names)
    return Path("pictures/neuron.svg")


if __name__ == "__main__":
    print(shutil.copy(run_first_block(), REPOSITORY / "docs"))
