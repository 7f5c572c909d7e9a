"""A course as a static site of notebooks that run in the browser, without any installation.

`python -m examples.course FOLDER` builds it. `notebooks` makes the notebooks from pages of the
documentation, from the tutorials in `examples/` and from the exercises; `site` puts JupyterLite,
Pyodide and the wheels that they need into one folder.
"""
