"""The contract of docs/interface.md, as text."""

from __future__ import annotations

import json
from collections.abc import Iterable

from ..model import Extraction, Graph, Notebook, Report, Suggestion, VerifyReport
from ..wire import (
    Fixing,
    Json,
    envelope,
    fixing_to_json,
    graph_to_json,
    report_to_json,
    verify_to_json,
)
from ..wire_edits import extraction_to_json, suggestions_to_json
from .text_suggest import command


def check(reports: Iterable[Report]) -> str:
    return _text(envelope([report_to_json(report) for report in reports]))


def graph(one: Graph) -> str:
    return _text(envelope([graph_to_json(one)]))


def verify(reports: Iterable[VerifyReport]) -> str:
    return _text(envelope([verify_to_json(report) for report in reports]))


def extraction(one: Extraction) -> str:
    return _text(extraction_to_json(one))


def suggestions(found: Iterable[Suggestion], notebook: Notebook) -> str:
    """As the route answers, and ``command`` for each."""
    found = list(found)
    answer = suggestions_to_json(found)
    for keys, one in zip(answer["suggestions"], found, strict=True):
        keys["command"] = command(one, notebook)
    return _text({**answer, "path": notebook.path})


def fixing(one: Fixing) -> str:
    return _text(fixing_to_json(one))


def _text(value: Json) -> str:
    return json.dumps(value, indent=1)
