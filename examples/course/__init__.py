"""A course as a static site of notebooks that run in the browser; nothing is installed.

`python -m examples.course FOLDER` builds it. The notebooks are made from pages of the
documents, from the tutorials in `examples/` and from the exercises (`notebooks`); JupyterLite,
Pyodide and the wheels that they need are put together in one folder (`site`).
"""
