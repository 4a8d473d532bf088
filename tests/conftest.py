from __future__ import annotations

from typing import Any

import pytest

pytest_plugins = ("pytest_jupyter.jupyter_server",)


@pytest.fixture
def jp_server_config(jp_server_config: dict[str, Any]) -> dict[str, Any]:
    """A server as people run it: our extension on, no route open to strangers."""
    return {
        "ServerApp": {
            "jpserver_extensions": {"jupyter_prodready": True},
            "allow_unauthenticated_access": False,
        }
    }
