"""Forms that other versions and libraries write, without a kernel: each with its near miss."""

from __future__ import annotations

from typing import Any

import pytest
from documents import result, stdout
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyter_prodready.verify.compare.comparison import compare
from jupyter_prodready.verify.compare.frames import lines_in_cells
from jupyter_prodready.verify.compare.rounding import Tolerance
from jupyter_prodready.verify.compare.sets import in_our_order
from jupyter_prodready.verify.compare.widgets import (
    MAX_STATE_CHARACTERS,
    STATE,
    STATES,
    WIDGET,
    LiveModels,
    saved_models,
    with_models,
)

TIMES = {
    "timeit": (
        "1.2 µs ± 35.4 ns per loop (mean ± std. dev. of 7 runs, 1,000,000 loops each)",
        "980 ns ± 5 ns per loop (mean ± std. dev. of 7 runs, 10,000 loops each)",
    ),
    "timeit of minutes": (
        "1min 2s ± 300 ms per loop (mean ± std. dev. of 7 runs, 1 loop each)",
        "58.9 s ± 1.2 s per loop (mean ± std. dev. of 7 runs, 1 loop each)",
    ),
    "timeit of old": ("10000 loops, best of 3: 25 µs per loop", "1000 loops, best of 3: 125 µs per loop"),
    "timeit that wonders": (
        "The slowest run took 5.71 times longer than the fastest. This could mean that an intermediate result is being cached.\n"
        "1.2 µs ± 35.4 ns per loop (mean ± std. dev. of 7 runs, 10 loops each)",
        "1.1 µs ± 5.4 ns per loop (mean ± std. dev. of 7 runs, 10 loops each)",
    ),
    "time": (
        "CPU times: user 3 µs, sys: 1e+03 ns, total: 4 µs\nWall time: 6.2 µs",
        "CPU times: user 1min 3s, sys: 12 ms, total: 1min 3s\nWall time: 1min 4s",
    ),
    "time of Windows": ("CPU times: total: 0 ns\nWall time: 1.01 s", "CPU times: total: 15.6 ms\nWall time: 1 s"),
    "tqdm": (
        "100%|██████████| 10/10 [00:01<00:00,  9.12it/s]",
        "100%|█████████| 10/10 [00:11<00:00,  1.10s/it]",
    ),
    "tqdm without a total": ("10it [00:01, 9.12it/s]", "10it [00:00, 1912.55it/s]"),
    "tqdm of bytes": ("3.5MB [00:01, 2.1MB/s]", "3.5MB [00:00, 812kB/s]"),
    "tqdm of hours": ("9/9 [1:00:01<00:00,  9.12it/s, loss=0.5]", "9/9 [59:59<00:00, 19.12it/s, loss=0.5]"),
    "keras": ("10/10 [====] - 1s 5ms/step - loss: 0.5", "10/10 [====] - 0s 1ms/step - loss: 0.5"),
    "keras in colour": (
        "\x1b[1m10/10\x1b[0m \x1b[1m1s\x1b[0m 5ms/step - loss: 0.5",
        "\x1b[1m10/10\x1b[0m \x1b[1m0s\x1b[0m 25us/step - loss: 0.5",
    ),
}  # fmt: skip
NOT_TIMES = {
    "own words": ("took 0.12 s", "took 0.13 s"),
    "count": ("10it [00:01, 9.12it/s]", "11it [00:01, 9.12it/s]"),
    "part": (
        "50%|█████     | 5/10 [00:01<00:01, 9.12it/s]",
        "60%|██████    | 6/10 [00:01<00:01, 9.12it/s]",
    ),
    "loss": ("9/9 [00:01<00:00,  9.1it/s, loss=0.5]", "9/9 [00:01<00:00,  9.2it/s, loss=0.6]"),
    "loss of Keras": ("10/10 - 1s 5ms/step - loss: 0.5", "10/10 - 1s 6ms/step - loss: 0.6"),
    "speed": ("wind 5 m/s", "wind 6 m/s"),
    "runs": (
        "1 ns ± 0 ns per loop (mean ± std. dev. of 7 runs, 10 loops each)\nsum 3",
        "2 ns ± 0 ns per loop (mean ± std. dev. of 7 runs, 10 loops each)\nsum 4",
    ),
}


def said(shown: Any, fresh: Any) -> tuple[str, str]:
    found = compare((shown,), (fresh,))
    return found.sameness, found.detail


@pytest.mark.parametrize("name", TIMES)
def test_times(name: str) -> None:
    one, other = TIMES[name]
    assert said(stdout(one), stdout(other)) == ("equivalent", "but for times")


@pytest.mark.parametrize("name", NOT_TIMES)
def test_what_is_no_time(name: str) -> None:
    one, other = NOT_TIMES[name]
    assert said(stdout(one), stdout(other))[0] == "changed"


ORDERS = {
    "{2, 1}": "{1, 2}",
    "a {'b', 'a'} b {'d', 'c'}": "a {'a', 'b'} b {'c', 'd'}",
    "frozenset({'b', 'a'})": "frozenset({'a', 'b'})",
    "{'k': {'b', 'a'}, 'j': [{2, 1}]}": "{'k': {'a', 'b'}, 'j': [{1, 2}]}",
    "{('b', {'x': 1}), 'a'}": "{'a', ('b', {'x': 1})}",
    "{Point(x=2, y=1), Point(x=1, y={2, 1})}": "{Point(x=1, y={1, 2}), Point(x=2, y=1)}",
    "{<Color.RED: 2>, <Color.BLUE: 1>}": "{<Color.BLUE: 1>, <Color.RED: 2>}",
    "{None, -1.5, 'a,}', b'x'}": "{-1.5, 'a,}', None, b'x'}",
    "{'b',\n 'a'}": "{'a', 'b'}",
    "{'b': 1, 'a': 2}": "{'b': 1, 'a': 2}",
    "{b, a}": "{b, a}",
    "{'b' 'a'}": "{'b' 'a'}",
    "{'b', 'a'": "{'b', 'a'",
    "f'{b}, {a}'": "f'{b}, {a}'",
    "['b', 'a']": "['b', 'a']",
    "{}": "{}",
}


@pytest.mark.parametrize("text", ORDERS)
def test_sets_in_our_order(text: str) -> None:
    assert in_our_order(text)[0] == ORDERS[text]


FRAMES = {
    "now": (["...", "\x1b[31mE\x1b[39m  Traceback\n\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[5]\x1b[39m\x1b[32m, line 3\x1b[39m\n      1 a\n----> 3 f()\n", "Cell In[1], line 2, in f()\n----> 2 1/0"], (3, 2)),
    "a library below": (["Cell In[5], line 3\n----> 3 f()\n", "File ~/lib.py:12, in f(x)\n---> 12 1/0\n"], (3,)),
    "of 8.0": (["Input In [5], in <cell line: 1>()\n----> 1 f()\n"], (1,)),
    "of 7": (["<ipython-input-5-abcd01> in <module>\n      1 a\n----> 2 1/0\n", "~/lib.py in f(x)\n---> 12 1/0\n"], (2,)),
    "of 7 with ipykernel 6": (["/tmp/ipykernel_99/123.py in <module>\n----> 4 1/0\n"], (4,)),
    "syntax": (['  File "<ipython-input-3-ab>", line 6\n    x = \n'], (6,)),
    "plain": (["ZeroDivisionError: division by zero"], ()),
    "nothing": (None, ()),
}  # fmt: skip


@pytest.mark.parametrize("name", FRAMES)
def test_lines_in_cells(name: str) -> None:
    traceback, lines = FRAMES[name]
    assert lines_in_cells(traceback) == lines


def widget(models: dict[str, Any] | None, root: str) -> dict[str, Any]:
    output = {"output_type": "display_data", "data": {WIDGET: {"model_id": root}}, "metadata": {}}
    return output if models is None else with_models(output, models)


def model(kind: str, module: str = "@jupyter-widgets/controls", **state: Any) -> dict[str, Any]:
    return {"name": kind, "module": module, "state": state}


SLIDER = model("IntSliderModel", value=3, max=9, _view_count=None)
SAME_WIDGETS = {
    "left out by JupyterLab": (model("IntSliderModel", max=9), model("IntSliderModel", value=0, max=9)),
    "new in its own way": (model("ColorPickerModel"), model("ColorPickerModel", value="black")),
    "seen once": (SLIDER, model("IntSliderModel", value=3, max=9, _view_count=1)),
    "rounded": (model("FloatTextModel", value=0.3), model("FloatTextModel", value=0.1 + 0.2)),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME_WIDGETS)
def test_same_widgets(name: str) -> None:
    one, other = SAME_WIDGETS[name]
    shown = said(widget({"a": one}, "a"), widget({"b": other}, "b"))
    assert shown == ("equivalent", "but for ids of widgets")


OTHER_WIDGETS = {
    "value": (SLIDER, model("IntSliderModel", value=4, max=9), "shows 4, the page 3 (value)"),
    "value that the page left out": (
        model("IntSliderModel"),
        model("IntSliderModel", value=4),
        "shows 4, the page a widget without (value)",
    ),
    "kind": (SLIDER, model("IntTextModel", value=3), "shows 'IntTextModel', the page 'IntSliderModel' (widget)"),
    "truth": (model("CheckboxModel", value=True), model("CheckboxModel", value=1), "shows 1, the page True (value)"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHER_WIDGETS)
def test_other_widgets(name: str) -> None:
    one, other, detail = OTHER_WIDGETS[name]
    assert said(widget({"a": one}, "a"), widget({"b": other}, "b")) == ("changed", detail)


def test_one_widget_twice_is_not_two() -> None:
    page = {"a": model("HBoxModel", children=["IPY_MODEL_x", "IPY_MODEL_x"]), "x": SLIDER}
    two = {
        "a": model("HBoxModel", children=["IPY_MODEL_x", "IPY_MODEL_y"]),
        "x": SLIDER,
        "y": SLIDER,
    }
    found = said(widget(page, "a"), widget(two, "a"))
    assert found == ("changed", "shows another widget (children[1])")


def test_widgets_that_cannot_be_compared() -> None:
    detail = "but for widgets, whose state is not saved (not comparable)"
    assert said(widget({}, "a"), widget({"b": SLIDER}, "b")) == ("equivalent", detail)
    maps = [
        widget({name: model("MapModel", "leaflet", zoom=zoom)}, name)
        for name, zoom in (("a", 1), ("b", 2))
    ]
    found = said(*maps)
    assert (
        found[1]
        == "but for ids of widgets, widgets of other packages, or too large (not comparable)"
    )


def test_saved_models_with_their_buffers() -> None:
    state = {
        "a": {
            "model_name": "ImageModel",
            "model_module": "@jupyter-widgets/controls",
            "state": {"format": "png"},
            "buffers": [{"path": ["value"], "data": "aGk=", "encoding": "base64"}],
        }
    }
    document = {"metadata": {"widgets": {STATES: {"state": state}}}}
    found = saved_models(document)
    assert found == {"a": model("ImageModel", format="png", value="aGk=")}
    assert widget(found, "a")[STATE] == found
    assert saved_models({"metadata": {}}) == {}


NUMBERS = {
    "complex": ("(1.5+2j)", "(1.5000000001+2j)", "equivalent"),
    "nan": ("[nan, 1.0]", "[nan, 1.0000000001]", "equivalent"),
    "version": ("v1.10", "v1.1", "changed"),
    "thousands": ("1,234.5", "1,235.5", "changed"),
    "zeros": ("0.50", "0.5", "changed"),
    "exponent": ("1e-05", "0.00001", "changed"),
    "blanks that digits moved": ("a  0.3  1", "a  0.30000000000000004 1", "equivalent"),
    "another sign of nothing": ("-1.1e-16", "2.2e-16", "equivalent"),
    "infinite": ("inf", "1e400", "changed"),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers(name: str) -> None:
    one, other, sameness = NUMBERS[name]
    assert said(result(one), result(other))[0] == sameness


def test_absolute_tolerance_is_the_projects() -> None:
    one, other = (result("3e-7"),), (result("5e-7"),)
    assert compare(one, other).sameness == "changed"
    assert compare(one, other, Tolerance(atol=1e-6)).sameness == "equivalent"


def told(kind: str, name: str, **state: Any) -> dict[str, Any]:
    return {"msg_type": kind, "content": {"comm_id": name, "data": {"state": state}}, "buffers": []}


def test_what_a_kernel_tells_of_its_widgets() -> None:
    live = LiveModels()
    live.hear(
        told(
            "comm_open",
            "a",
            _model_name="LabelModel",
            _model_module="@jupyter-widgets/controls",
            value="",
        )
    )
    for number in range(1_000):
        live.hear(told("comm_msg", "a", value=f"{number} of many" + "." * 10_000))
    assert live.models["a"]["state"]["value"].startswith("999 of many")
    live.hear(told("comm_msg", "b", value=1))
    assert list(live.models) == ["a"]
    live.hear(told("comm_msg", "a", value="x" * MAX_STATE_CHARACTERS))
    live.hear(told("comm_msg", "a", value="small again"))
    shown = widget({"a": SLIDER | {"name": "LabelModel"}}, "a")
    detail = said(shown, widget(live.models, "a"))
    assert detail == (
        "equivalent",
        "but for widgets of other packages, or too large (not comparable)",
    )


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text("a{}<[]'\",:0.\r\x08\n |%/", max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "bdata", "dtype"]), inner, max_size=3)
    ),
    max_leaves=6,
)
MIMES = [
    "text/plain",
    "text/html",
    "image/svg+xml",
    "image/png",
    "application/json",
    "application/vnd.plotly.v1+json",
    WIDGET,
]
OUTPUTS = st.lists(
    st.fixed_dictionaries(
        {"output_type": st.sampled_from(["stream", "display_data", "error", "odd"])},
        optional={
            "text": JUNK, "name": JUNK, "ename": JUNK, "evalue": JUNK, "traceback": JUNK,
            "data": st.dictionaries(st.sampled_from(MIMES), JUNK, max_size=3) | JUNK,
        },
    ),
    max_size=3,
).map(tuple)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(OUTPUTS, OUTPUTS)
def test_no_page_is_too_odd(
    shown: tuple[dict[str, Any], ...], fresh: tuple[dict[str, Any], ...]
) -> None:
    assert compare(shown, fresh).sameness in ("identical", "equivalent", "changed")
    assert compare(shown, shown).sameness != "changed"
