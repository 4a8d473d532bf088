"""Cells whose result stays the same: what they did on the page, and what must be said.

A case is (source, verdict, detail), or (source that made the page, source, verdict, detail)
where the page is of another day, machine or session. Nothing here may be called changed.
"""

from __future__ import annotations

WORDS = "'alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta'"
WIDGET = """
from comm import create_comm
from IPython.display import display
def widget(kind, **state):
    state = {{"_model_name": kind, "_model_module": "@jupyter-widgets/controls", **state}}
    return create_comm("jupyter.widget", data={{"state": state, "buffer_paths": []}}).comm_id
def shown(model, plain):
    display({{"text/plain": plain, "application/vnd.jupyter.widget-view+json": {{"model_id": model, "version_major": 2, "version_minor": 0}}}}, raw=True)
{}
"""


PRINTED_INTO_A_WIDGET = """
import sys
from comm import create_comm
from IPython.display import display
state = {{"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output", "outputs": [], "msg_id": ""}}
taker = create_comm("jupyter.widget", data={{"state": state, "buffer_paths": []}})
def take(message_id):
    sys.stdout.flush()
    taker.send({{"method": "update", "state": {{"msg_id": message_id}}, "buffer_paths": []}})
take(get_ipython().kernel.get_parent()["header"]["msg_id"])
print("within", {})
take("")
print("beside")
display({{"text/plain": "Output()", "application/vnd.jupyter.widget-view+json": {{"model_id": taker.comm_id}}}}, raw=True)
"""


def with_widgets(source: str) -> str:
    return WIDGET.format(source)


PROGRESS = """
import sys, time
began = time.perf_counter()
for done in range(1, 4):
    sys.stdout.write(f"\\r{done * 33:3d}%|{'█' * done * 3:10s}| {done}/3 [00:00<00:00, {done / (time.perf_counter() - began):.2f}it/s, loss=0.5]".ljust(90))
    sys.stdout.flush()
"""
KERAS = """
import time
began = time.perf_counter_ns()
sum(range(1000))
print(f"10/10 ━━━━━━━━━━ 0s {time.perf_counter_ns() - began}us/step - loss: 0.25")
"""
PNG = """
import io, uuid
from PIL import Image as Picture, PngImagePlugin
from IPython.display import Image
info = PngImagePlugin.PngInfo()
info.add_text("Made", str(uuid.uuid4()))
file = io.BytesIO()
Picture.linear_gradient("L").save(file, "PNG", pnginfo=info)
Image(file.getvalue())
"""
SVG = """
import io
import matplotlib.pyplot as plt
from IPython.display import SVG
figure, axes = plt.subplots(figsize=(2, 2))
axes.fill_between([1, 2, 3], [1, 2, 1])
file = io.StringIO()
figure.savefig(file, format="svg")
plt.close(figure)
SVG(file.getvalue())
"""
PLOTLY = """
import base64, struct, uuid
from IPython.display import display
name = str(uuid.uuid4())
y = base64.b64encode(struct.pack("<2d", {}, 2.0)).decode()
display({{"application/vnd.plotly.v1+json": {{"data": [{{"uid": name, "x": [1, 2], "y": {{"dtype": "f8", "bdata": y}}}}]}},
    "text/html": f'<div id="{{name}}"></div><script>Plotly.newPlot("{{name}}", [1])</script>'}}, raw=True)
"""
VEGA = """
from IPython.display import display
display({{"application/vnd.vegalite.v5+json": {{"mark": "bar", "params": [{{"name": "param_{0}", "views": ["view_{0}"]}}]}}}}, raw=True)
"""
STYLER = """
import pandas as pd
pd.DataFrame({"a": [1, 2]}).style.highlight_max()
"""
FIGURE = """
import matplotlib.pyplot as plt
plt.figure(figsize=(2, 2))
plt.plot([1, 2, 3])
"""
NOISY_TABLE = """
import pandas as pd
pd.DataFrame({{"name": ["a", "b"], "value": [0.25, {}]}})
"""

ADDRESSES = {
    "object": ("object()", "equivalent", "but for memory addresses"),
    "bound method": (
        "class Lamp:\n    def on(self): pass\nLamp().on",
        "equivalent",
        "but for memory addresses",
    ),
    "list of objects": (
        "class Lamp: pass\n[Lamp() for _ in range(3)]",
        "equivalent",
        "but for memory addresses",
    ),
    "aliases": (
        "class Lamp: pass\none = Lamp()\n[one, one, Lamp()]",
        "equivalent",
        "but for memory addresses",
    ),
    "function in a function": (
        "def outer():\n    return lambda: 1\nprint(outer(), (i for i in ()))",
        "equivalent",
        "but for memory addresses",
    ),
    "generator of NumPy": (
        "import numpy as np\nnp.random.default_rng(0)",
        "equivalent",
        "but for memory addresses",
    ),
    "error about an object": (
        "# NBVAL_RAISES_EXCEPTION\nraise ValueError(object())",
        "equivalent",
        "but for memory addresses",
    ),
    "id": ("print(id(object()))", "nondeterministic", "two clean runs differ: memory addresses"),
    "objects that are gone": (
        "import pandas as pd\nfor key in 'abab':\n    print(pd.DataFrame({'a': [1], 'b': [1]}).groupby(key))",
        "equivalent",
        "but for memory addresses",
    ),
    "set of objects": (
        "class Lamp: pass\nprint({Lamp(), Lamp()})",
        "equivalent",
        "but for memory addresses",
    ),
}
ORDERS = {
    "set": (f"print({{{WORDS}}})", "equivalent", "but for order of a set"),
    "frozenset": (f"print(frozenset([{WORDS}]))", "equivalent", "but for order of a set"),
    "dict of sets": (
        f"print({{'x': {{{WORDS}}}, 'y': [{{{WORDS}}}, 1]}})",
        "equivalent",
        "but for order of a set",
    ),
    "set in a sentence": (
        f"print('found', {{{WORDS}}}, 'at last')",
        "equivalent",
        "but for order of a set",
    ),
    "set of tuples": (
        "print({('a', 1), ('b', 2), ('c', 3), ('d', 4), ('e', 5)})",
        "equivalent",
        "but for order of a set",
    ),
    "list of a set": (
        f"print(list({{{WORDS}}}))",
        "nondeterministic",
        "two clean runs differ: the order of a set (its texts are hashed with a new seed in each process)",
    ),
    "hash": (
        "print(hash('a'))",
        "nondeterministic",
        "two clean runs differ: the hash of a text (hashed with a new seed in each process)",
    ),
    "keys of JSON": (
        "from IPython.display import JSON\nJSON({'a': 1, 'b': [2]})",
        "from IPython.display import JSON\nJSON({'b': [2], 'a': 1})",
        "identical",
        "",
    ),
}
TIMES = {
    "%time": ("%time sum(range(1000))", "equivalent", "but for times"),
    "%%time": ("%%time\nprint(sum(range(1000)))", "equivalent", "but for times"),
    "%timeit": ("%timeit -n 20 -r 3 sum(range(1000))", "equivalent", "but for times"),
    "took": (
        "import time\nbegan = time.perf_counter()\nsum(range(300_000))\nprint(f'took {time.perf_counter() - began:.9f} s')",
        "nondeterministic",
        "two clean runs differ: timing",
    ),
    "took, rounded": (
        "print('took 7.3 s')",
        "import time\nbegan = time.time()\nprint(f'took {time.time() - began:.1f} s')",
        "nondeterministic",
        "shows when it ran: timing",
    ),
    "timestamp": (
        "from datetime import datetime\nprint('at', datetime.now())",
        "nondeterministic",
        "two clean runs differ: the clock",
    ),
    "date of today": (
        "print('Report of 2025-03-01')",
        "from datetime import date\nprint(f'Report of {date.today()}')",
        "nondeterministic",
        "shows when it ran: the clock",
    ),
    "date in words": (
        "print('Saturday, 01 March 2025')",
        "import time\nprint(time.strftime('%A, %d %B %Y'))",
        "nondeterministic",
        "shows when it ran: the clock",
    ),
    "date as a result": (
        "import datetime\ndatetime.date(2025, 3, 1)",
        "import datetime\ndatetime.date.today()",
        "nondeterministic",
        "shows when it ran: the clock",
    ),
    "hour and minute": (
        "print('run at 03:07')",
        "from datetime import datetime\nprint(f'run at {datetime.now():%H:%M}')",
        "nondeterministic",
        "shows when it ran: the clock",
    ),
    "progress bar": (PROGRESS, "equivalent", "but for times"),
    "progress bar of Keras": (KERAS, "equivalent", "but for times"),
    "progress widget": (
        with_widgets(
            "import time\n"
            "bar = widget('FloatProgressModel', value=3.0, max=3.0)\n"
            "rate = widget('HTMLModel', value=f' 3/3 [00:00&lt;00:00, {time.perf_counter():.2f}it/s]')\n"
            "box = widget('HBoxModel', children=['IPY_MODEL_' + bar, 'IPY_MODEL_' + rate])\n"
            "shown(box, '  0%|          | 0/3 [00:00<?, ?it/s]')"
        ),
        "equivalent",
        "but for ids of widgets, times",
    ),
}
PRINTS = {
    "chunks": (
        "import sys, time\nfor part in 'abc':\n    print(part, end='', flush=True)\n    time.sleep(0.05)\nprint()",
        "identical",
        "",
    ),
    "carriage return": (
        "import time\nfor n in range(5):\n    print(f'\\r{n} of 4', end='', flush=True)\n    time.sleep(0.01)",
        "identical",
        "",
    ),
    "cleared": (
        "from IPython.display import clear_output\nfor n in range(3):\n    clear_output(wait=True)\n    print(n)",
        "identical",
        "",
    ),
    "cleared at last, but nothing came": (
        "from IPython.display import clear_output\nprint('stays')\nclear_output(wait=True)",
        "identical",
        "",
    ),
    "warning": (
        "import os, warnings\nwarnings.warn(f'pid {os.getpid()}')\nprint('done')",
        "equivalent",
        "but for warnings, which are not counted",
    ),
    "log": (
        "import logging, os\nlogging.error('process %s', os.getpid())",
        "equivalent",
        "but for stderr, which is not counted",
    ),
    "file of the cell": (
        "print((lambda: 0).__code__.co_filename)",
        "equivalent",
        "but for names of the kernel's files",
    ),
    "temporary folder": (
        "import tempfile\nwith tempfile.TemporaryDirectory() as folder:\n    print('in', folder)",
        "equivalent",
        "but for names of temporary files",
    ),
    "process": (
        "import os\nprint('process', os.getpid())",
        "nondeterministic",
        "two clean runs differ: the process id",
    ),
    "thread": (
        "import threading\nprint('thread', threading.get_ident())",
        "nondeterministic",
        "two clean runs differ: the id of a thread",
    ),
}
NUMBERS = {
    "last digits": ("0.1 + 0.2", "0.3", "equivalent", "but for rounding of numbers"),
    "next to zero": (
        "print('sum', 2.7755575615628914e-17)",
        "print('sum', 0.0)",
        "equivalent",
        "but for rounding of numbers",
    ),
    "array": (
        "import numpy as np\nnp.array([0.5, 1.0, 0.3])",
        "import numpy as np\nnp.array([0.5, 1.0, 0.30000001])",
        "equivalent",
        "but for rounding of numbers",
    ),
    "array of many lines": (
        "import numpy as np\nnp.arange(40) / 4 + 0.0",
        "import numpy as np\nnp.arange(40) / 4 + 0.0 + np.eye(1, 40, 8)[0] * 1.1e-6",
        "equivalent",
        "but for rounding of numbers",
    ),
    "table": (
        NOISY_TABLE.format(0.123456),
        NOISY_TABLE.format("0.123456 + 1e-9"),
        "identical",
        "",
    ),
    "randomness": (
        "import random\nrandom.random()",
        "nondeterministic",
        "two clean runs differ: randomness without a seed",
    ),
    "randomness of few values": (
        "print('page', 9)",
        "import random\nprint('page', random.randrange(8))",
        "nondeterministic",
        "two clean runs differ: randomness without a seed",
    ),
    "randomness in a table": (
        "import numpy as np, pandas as pd\npd.DataFrame(np.random.randint(0, 4, (6, 5)), columns=list('abcde'))",
        "nondeterministic",
        "two clean runs differ: randomness without a seed",
    ),
    "made above": ("import random\ndrawn_above = random.random()", "identical", ""),
    "from above": (
        "handed_on = drawn_above * 2\nprint(handed_on)",
        "nondeterministic",
        "two clean runs differ: randomness without a seed, which begins in [made above]",
    ),
}
PICTURES = {
    "figure": (FIGURE, "equivalent", "but for memory addresses"),
    "axes": (
        "import matplotlib.pyplot as plt\naxes = plt.figure(figsize=(1, 1)).gca()\nplt.close()\naxes",
        "identical",
        "",
    ),
    "metadata": (PNG, "equivalent", "but for metadata of the image"),
    "drawing": (SVG, "equivalent", "but for generated ids"),
    "PDF": (
        "import base64, time\nfrom IPython.display import display\n"
        "pdf = f'%PDF-1.4 /CreationDate (D:{time.time_ns()}) drawn'.encode()\n"
        "display({'application/pdf': base64.b64encode(pdf).decode()}, raw=True)",
        "equivalent",
        "but for metadata of the image",
    ),
    "plotly": (PLOTLY.format(1.0), "equivalent", "but for generated ids"),
    "vega": (VEGA.format(7), VEGA.format(1), "equivalent", "but for generated ids"),
    "styled table": (STYLER, "equivalent", "but for generated ids, memory addresses"),
    "uuid in HTML": (
        'import uuid\nfrom IPython.display import HTML\nname = uuid.uuid4()\nHTML(f\'<div id="{name}" class="w-{uuid.uuid4().hex}">chart</div><script>draw("{name}")</script>\')',
        "equivalent",
        "but for generated ids",
    ),
    "uuid in a text": (
        "import uuid\nprint('run', uuid.uuid4())",
        "nondeterministic",
        "two clean runs differ: a new uuid",
    ),
    "printed into a widget": (
        PRINTED_INTO_A_WIDGET.format(1),
        "equivalent",
        "but for ids of widgets",
    ),
    "slider": (
        with_widgets("shown(widget('IntSliderModel', value=3, max=9), 'IntSlider(value=3)')"),
        "equivalent",
        "but for ids of widgets",
    ),
}
BENIGN = {**ADDRESSES, **ORDERS, **TIMES, **PRINTS, **NUMBERS, **PICTURES}
BY_CHANCE = ("randomness of few values", "line beside randomness")
