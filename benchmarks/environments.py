"""The virtual environments that the engines run in, outside the repository.

HIPS autograd is imported under the same name as this project's package, so it needs an environment
of its own. The others have theirs so that no engine dictates the version of another's packages.
"""

import os
import subprocess
import sys
from pathlib import Path

REQUIREMENTS = {
    "scalar": [
        "graphviz==0.21",
        "llvmlite==0.50.0",
        "matplotlib==3.11.2",
        "micrograd==0.1.0",
        "numba==0.68.1",
        "numpy==2.4.6",
    ],
    "casadi": ["casadi==3.8.2", "numpy==2.4.6"],
    "hips": ["autograd==1.9.1", "numpy==2.4.6"],
    "jax": ["jax==0.10.2", "numpy==2.4.6"],
    # The CPU build: the default one would bring gigabytes of CUDA.
    "torch": ["torch==2.13.0+cpu", "numpy==2.4.6"],
    "xad": ["xad==1.5.2", "numpy==2.4.6"],
}
_CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser()
DEFAULT = _CACHE / "scalar-autograd" / "benchmarks"


class NotInstalledError(Exception):
    """Raised when an environment could not be made."""


class Environments:
    """The environments in a folder, each installed when it is first needed.

    Args:
        folder: where they are, in a subfolder for each version of Python.
    """

    def __init__(self, folder: Path):
        self.folder = folder / f"python{sys.version_info.major}.{sys.version_info.minor}"
        self._failures: dict[str, NotInstalledError] = {}

    def python(self, name: str) -> Path:
        """The Python of an environment. Raises NotInstalledError if it can't be made."""
        if name in self._failures:
            raise self._failures[name]
        requirements = "\n".join(REQUIREMENTS[name])
        # Written last, so that a broken or outdated environment is made again.
        done = self.folder / name / "requirements.txt"
        if not done.exists() or done.read_text() != requirements:
            try:
                self._install(name)
            except NotInstalledError as error:
                self._failures[name] = error
                raise
            done.write_text(requirements)
        return self.folder / name / "bin" / "python"

    def _install(self, name: str) -> None:
        print(f"Installing {', '.join(REQUIREMENTS[name])}", file=sys.stderr)
        path = self.folder / name
        _run([sys.executable, "-m", "venv", "--clear", str(path)])
        _run([str(path / "bin" / "python"), "-m", "pip", "install", *REQUIREMENTS[name]])


def _run(command: list[str]) -> None:
    result = subprocess.run(command, capture_output=True, text=True)
    if result.returncode:
        errors = [line for line in result.stderr.splitlines() if line.startswith("ERROR")]
        raise NotInstalledError((errors or result.stderr.splitlines() or ["no message"])[-1])
