"""Widgets by their state: what the fresh kernel told of its widgets against what the page saved.

An output only names a model; its state lies in the notebook's metadata, if JupyterLab was
asked to save it. Without, only that there is a widget can be compared.
"""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .image import same_image
from .likeness import SAME, Likeness, all_of, but_for, differs, differs_in
from .rounding import Tolerance
from .structure import same_json
from .text import same_text

WIDGET = "application/vnd.jupyter.widget-view+json"
STATES = "application/vnd.jupyter.widget-state+json"
STATE = "prodready_models"
"""Key of an output: the models that its widget is made of, by id."""

NOT_COMPARABLE = "widgets, whose state is not saved (not comparable)"
FOREIGN = "widgets of other packages, or too large (not comparable)"
MAX_STATE_CHARACTERS = 8_000_000

_REFERENCE = "IPY_MODEL_"
_CORE = ("@jupyter-widgets/controls", "@jupyter-widgets/base", "@jupyter-widgets/output")
_UNSEEN = {
    "msg_id", "tabbable", "tooltip", "_view_count", "_model_module", "_model_module_version",
    "_view_module", "_view_module_version", "_model_name", "_view_name",
}  # fmt: skip
_RESULTS = ("value", "index", "children", "outputs", "_options_labels")
"""Left out of a saved state where they are what a new widget of the front end has."""
_NEW: dict[str, list[Any]] = {
    "ColorPickerModel": ["black"],
    "FloatLogSliderModel": [1, 1.0],
    "FloatRangeSliderModel": [[0, 1], [0.0, 1.0]],
    "IntRangeSliderModel": [[0, 1]],
    "SelectionRangeSliderModel": [[0, 0]],
}

Models = Mapping[str, dict[str, Any]]
"""By id: ``name``, ``module`` and ``state``; binary parts are base64 in the state."""
Ids = tuple[str, str]
SameOutputs = Callable[[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]], Likeness]


# --- where states come from -------------------------------------------------------------


def saved_models(document: Mapping[str, Any]) -> Models:
    """The models whose state the notebook's metadata hold; none where there are none."""
    found: Any = document
    for key in ("metadata", "widgets", STATES, "state"):
        found = found.get(key) if isinstance(found, Mapping) else None
    if not isinstance(found, Mapping):
        return {}
    models = {}
    for name, model in found.items():
        if isinstance(model, Mapping) and isinstance(model.get("state"), Mapping):
            state = dict(model["state"])
            for buffer in model.get("buffers") or ():
                if isinstance(buffer, Mapping):
                    _put(state, buffer.get("path"), buffer.get("data"))
            models[str(name)] = _model(model.get("model_name"), model.get("model_module"), state)
    return models


@dataclass
class LiveModels:
    """What a kernel tells of its widgets while it runs. Too large a state is not kept."""

    models: dict[str, dict[str, Any]] = field(default_factory=dict)
    _sizes: dict[tuple[str, str], int] = field(default_factory=dict)
    _size: int = 0

    def hear(self, message: Mapping[str, Any]) -> None:
        """Take up one ``comm_open`` or ``comm_msg``; others are nothing to us."""
        content = message.get("content", {})
        data = content.get("data")
        state = data.get("state") if isinstance(data, Mapping) else None
        if not isinstance(state, Mapping) or not isinstance(data, Mapping):
            return
        name = str(content.get("comm_id"))
        if message.get("msg_type") == "comm_open":
            module = state.get("_model_module")
            self.models[name] = _model(state.get("_model_name"), module, {})
        if name not in self.models:
            return
        told = dict(state)
        buffers = zip(data.get("buffer_paths") or (), message.get("buffers") or (), strict=False)
        for path, buffer in buffers:
            _put(told, path, base64.b64encode(bytes(buffer)).decode())
        for key, value in told.items():
            size = len(json.dumps(value, default=str))
            self._size += size - self._sizes.get((name, key), 0)
            self._sizes[name, key] = size
        if self._size > MAX_STATE_CHARACTERS:
            self._size -= sum(self._sizes.pop(one) for one in list(self._sizes) if one[0] == name)
            self.models[name] = _model(self.models[name]["name"], "too large", {})
        elif self.models[name]["module"] != "too large":
            self.models[name]["state"].update(told)


def with_models(output: dict[str, Any], models: Models) -> dict[str, Any]:
    """The output with the models of its widget; as it is where it shows none."""
    data = output.get("data")
    view = data.get(WIDGET) if isinstance(data, Mapping) else None
    if not isinstance(view, Mapping):
        return output
    wanted, kept = [str(view.get("model_id"))], {}
    while wanted:
        name = wanted.pop()
        if name in models and name not in kept:
            kept[name] = models[name]
            wanted += _references(models[name]["state"])
    return {**output, STATE: kept}


def without_models(outputs: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    """The outputs as nbformat has them."""
    return tuple(
        {key: value for key, value in output.items() if key != STATE} for output in outputs
    )


def _model(name: object, module: object, state: dict[str, Any]) -> dict[str, Any]:
    return {"name": str(name), "module": str(module), "state": state}


def _put(state: Any, path: object, value: object) -> None:
    """Set what ``path`` leads to, copying on the way: states share nothing."""
    if not isinstance(path, list) or not path:
        return
    for key, after in pairwise(path):
        try:
            inner = state[key]
        except (KeyError, IndexError, TypeError):
            inner = None
        copied = list(inner) if isinstance(after, int) and inner else dict(inner or {})
        state[key] = copied
        state = copied
    if isinstance(state, dict) or (isinstance(path[-1], int) and path[-1] < len(state)):
        state[path[-1]] = value


def _references(value: object) -> list[str]:
    if isinstance(value, str):
        return [value.removeprefix(_REFERENCE)] if value.startswith(_REFERENCE) else []
    inner = list(value.values()) if isinstance(value, Mapping) else value
    return [name for one in inner for name in _references(one)] if isinstance(inner, list) else []


# --- comparing --------------------------------------------------------------------------


def same_widget(
    ids: Ids,
    models: tuple[Models | None, Models | None],
    tolerance: Tolerance,
    same_outputs: SameOutputs,
) -> Likeness:
    """Whether two widgets show the same. Ids do not count, what they stand for does."""
    shown, fresh = models[0] or {}, models[1] or {}
    if ids[0] not in shown:
        return but_for(NOT_COMPARABLE)
    if ids[1] not in fresh:
        return differs("shows a widget that the fresh kernel does not know")
    comparison = _Comparison(shown, fresh, tolerance, same_outputs)
    found = comparison.models(ids, "")
    if found.difference is None and ids[0] != ids[1]:
        return all_of([but_for("ids of widgets"), found])
    return found


class _Comparison:
    def __init__(
        self, shown: Models, fresh: Models, tolerance: Tolerance, same_outputs: SameOutputs
    ) -> None:
        self._shown = shown
        self._fresh = fresh
        self._tolerance = tolerance
        self._same_outputs = same_outputs
        self._pairs: dict[str, str] = {}

    def models(self, ids: Ids, place: str) -> Likeness:
        """A pair of models; one met before must be met together with the same one."""
        if ids[0] in self._pairs:
            same = self._pairs[ids[0]] == ids[1]
            return SAME if same else differs(f"shows another widget ({place})")
        self._pairs[ids[0]] = ids[1]
        one, other = self._shown.get(ids[0]), self._fresh.get(ids[1])
        if one is None or other is None:
            return but_for(NOT_COMPARABLE) if one is None else differs("shows no such widget")
        if one["name"] != other["name"]:
            return differs_in(one["name"], other["name"], place or "widget")
        if one["module"] not in _CORE or other["module"] not in _CORE:
            return but_for(FOREIGN)
        return all_of(self._states(one["name"], one["state"], other["state"], place))

    def _states(
        self, name: str, shown: Mapping[str, Any], fresh: Mapping[str, Any], place: str
    ) -> Iterator[Likeness]:
        for key in shown:
            if key not in _UNSEEN and key in fresh:
                where = f"{place}.{key}".lstrip(".")
                yield self._named(name, key, shown[key], fresh[key], where)
        for key in _RESULTS:
            told = fresh.get(key)
            if key not in shown and told and told not in _NEW.get(name, []):
                where = f"{place}.{key}".lstrip(".")
                yield differs(f"shows {told!r}, the page a widget without ({where})")

    def _named(self, name: str, key: str, shown: Any, fresh: Any, place: str) -> Likeness:
        if key == "outputs" and name == "OutputModel":
            return self._same_outputs(tuple(shown or ()), tuple(fresh or ()))
        if key == "value" and isinstance(shown, str) and isinstance(fresh, str):
            if name == "ImageModel":
                return same_image(shown, fresh)
            return self._text(html.unescape(shown), html.unescape(fresh), place)
        return self._value(shown, fresh, place)

    def _value(self, shown: Any, fresh: Any, place: str) -> Likeness:
        if isinstance(shown, str) and isinstance(fresh, str):
            ids = shown.removeprefix(_REFERENCE), fresh.removeprefix(_REFERENCE)
            if shown.startswith(_REFERENCE) and fresh.startswith(_REFERENCE):
                return self.models(ids, place)
            return self._text(shown, fresh, place)
        if isinstance(shown, list) and isinstance(fresh, list) and len(shown) == len(fresh):
            return all_of(
                self._value(one, other, f"{place}[{index}]")
                for index, (one, other) in enumerate(zip(shown, fresh, strict=True))
            )
        if isinstance(shown, dict) and isinstance(fresh, dict) and shown.keys() == fresh.keys():
            return all_of(self._value(shown[key], fresh[key], f"{place}.{key}") for key in shown)
        return self._plain(shown, fresh, place)

    def _text(self, shown: str, fresh: str, place: str) -> Likeness:
        found = same_text(shown, fresh, self._tolerance)
        return found if found.difference is None else differs(f"{found.difference} ({place})")

    def _plain(self, shown: Any, fresh: Any, place: str) -> Likeness:
        found = same_json("application/json", shown, fresh, self._tolerance)
        return SAME if found.difference is None else differs_in(shown, fresh, place)
