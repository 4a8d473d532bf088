from __future__ import annotations

import pytest
from verifier import Verifier


@pytest.fixture
def verifier(jp_fetch) -> Verifier:
    return Verifier(jp_fetch)
