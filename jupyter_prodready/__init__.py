"""Jupyter Prodready: is what the page shows what a clean run would give?"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    return [{"src": "labextension", "dest": "jupyter-prodready"}]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "jupyter_prodready"}]


def _load_jupyter_server_extension(server_app: Any) -> None:
    from .server.extension import load

    load(server_app)
