"""Pure analysis: no I/O, no async, no Jupyter import."""
