// Runs tests with Pyodide, in Node: node pyodide_tests.mjs PYODIDE PACKAGES REPOSITORY TEST...
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, packages, repository, ...tests] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(resolve(folder, "pyodide.mjs")));
const pyodide = await loadPyodide({ indexURL: resolve(folder) + "/" });
await pyodide.loadPackage(["scalar-autograd", "sympy"], { messageCallback: () => {} });
for (const [host, place] of [[packages, "/packages"], [repository, "/repository"]]) {
  pyodide.FS.mkdirTree(place);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: resolve(host) }, place);
}
pyodide.globals.set("tests", pyodide.toPy(tests));
// The engine is that of the wheel; tests and examples are those of the repository.
const status = pyodide.runPython(`
import os
import sys

import autograd
import nn

sys.path[:0] = ["/packages", "/repository", "/repository/tests"]
sys.dont_write_bytecode = True
os.chdir("/repository")
import pytest

# SymPy uses what the newest mpmath deprecates.
options = ["-q", "--no-header", "-p", "no:cacheprovider", "-o", "addopts="]
int(pytest.main([*options, "-W", "ignore::DeprecationWarning", *tests]))
`);
process.exit(status);
