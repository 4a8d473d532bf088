"""A cell reads from the network.

## Why it matters
Without a connection, or once the address moves, the page does not run. What it gets may be
something else tomorrow.

## Flagged
    # %% In [1]
    import pandas as pd
    import requests
    # %% In [2]
    answer = requests.get("https://example.org/rates")  # info: needs the network for `requests.get`, `pd.read_csv`
    # %% In [3]
    pd.read_csv("https://example.org/rates.csv")

## Flagged
    # %% In [1]
    import requests
    # %% In [2]
    with requests.Session() as session:  # info: needs the network for `requests.Session`
        answer = session.get("https://example.org/rates")

## Flagged
    # %% In [1]
    !wget https://example.org/rates.csv  # info: needs the network for `wget`

## Flagged
    # %% In [1]
    import seaborn as sns
    penguins = sns.load_dataset("penguins")  # info: needs the network for `sns.load_dataset`

## Not flagged
    # %% In [1]
    from urllib.parse import urlparse
    import requests
    Answer = requests.Response
    urlparse("https://example.org/a")
    def later():
        return requests.get("https://example.org")
    print("see https://example.org")
    !echo done

## What to do
Keep a copy of the data beside the notebook, and fetch it in a step of its own.

## Known limits
Known by name: `requests`, `httpx`, `urllib`, cloud clients, data sets that are downloaded, and
addresses given to a reader. A client that is made by your own module is not seen.
"""

import ast
from collections.abc import Iterator
from functools import lru_cache

from ..analysis.effect_tables import NETWORK_FULL, NETWORK_MODULES, SHELL_NETWORK, URL_STARTS
from ..analysis.effects import may_use_file
from ..analysis.rule import Draft, check, quoted
from ..analysis.sites import SHELL_NAMES, Called, ShellSite, Site, Sites, spread
from ..analysis.timeline import Plan
from ..model import Severity

_LOCAL = ("localhost", "127.0.0.1", "0.0.0.0")
_LOADS = ("read_", "scan_", "imread", "load")
_PRETRAINED = frozenset({"transformers", "diffusers", "sentence_transformers", "timm"})


@check(severity=Severity.INFO, subject="reproducibility")
def find(sites: Sites, plan: Plan) -> Iterator[Draft]:
    group = [(site, what) for site in sites.named(_may_reach) if (what := _reached(site))]
    if group:
        first = group[0][0]
        names = tuple(dict.fromkeys(name for _, name in group))
        message = f"needs the network for {quoted(names)}"
        affected = spread(plan, [site for site, _ in group])
        yield Draft(first.cell_id, first.line, message, affected=affected)


@lru_cache(maxsize=4096)
def _may_reach(name: str) -> bool:
    """May what is called so reach the network, whatever it is given?"""
    module, _, last = name.rpartition(".")
    return (
        name.lstrip("%") in SHELL_NAMES
        or last.startswith(_LOADS)
        or last in ("from_pretrained", "load_data")
        or module.startswith("torchvision.datasets")
        or _is_client(name)
        or may_use_file(name)
    )


def _reached(site: Called) -> str:
    """What reaches the network here, as it is written; empty where nothing does."""
    if isinstance(site, ShellSite):
        return _tool(site)
    call = site.call
    return ast.unparse(call.func) if call is not None and _is_network(site, call) else ""


def _is_network(site: Site, call: ast.Call) -> bool:
    module, _, last = site.name.rpartition(".")
    loads = site.path or last.startswith(_LOADS)
    if loads and _is_url(site, call):
        return True
    if last == "from_pretrained":
        return module.partition(".")[0] in _PRETRAINED
    if module.startswith("tensorflow.keras.datasets") or module.startswith("keras.datasets"):
        return last == "load_data"
    if module.startswith("torchvision.datasets"):
        return any(
            k.arg == "download" and isinstance(k.value, ast.Constant) and k.value.value is True
            for k in call.keywords
        )
    return _is_client(site.name) and not _is_local(call)


def _is_client(name: str) -> bool:
    module, _, last = name.rpartition(".")
    return name in NETWORK_FULL or last in NETWORK_MODULES.get(module, "").split()


def _is_url(site: Site, call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    literal = first.value if isinstance(first, ast.Constant) else None
    text = site.path or (literal if isinstance(literal, str) else "")
    return text.startswith(URL_STARTS) and not any(host in text for host in _LOCAL)


def _is_local(call: ast.Call) -> bool:
    return any(
        isinstance(arg, ast.Constant) and isinstance(arg.value, str) and host in arg.value
        for arg in [*call.args, *[keyword.value for keyword in call.keywords]]
        for host in _LOCAL
    )


def _tool(site: ShellSite) -> str:
    words = site.command.split()
    if not site.is_shell or not words:
        return ""
    if words[:2] == ["git", "clone"]:
        return "git clone"
    return words[0] if words[0] in SHELL_NETWORK else ""
