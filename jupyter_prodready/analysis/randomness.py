"""Which generator a call draws from or seeds, by the call's full name."""

from __future__ import annotations

import ast
from functools import lru_cache

from . import effect_tables as known
from .frames import FRAME_ATTRIBUTES

EVERY = frozenset({"python", "numpy", "torch", "tensorflow"})
NAMES = {
    "python": ("the generator of `random`", "random.seed(0)"),
    "numpy": ("NumPy's global generator", "np.random.seed(0)"),
    "torch": ("PyTorch's generator", "torch.manual_seed(0)"),
    "tensorflow": ("TensorFlow's generator", "tf.random.set_seed(0)"),
}
"""What people call each, and the call that seeds it."""
_LIBRARIES = ("torch", "tensorflow", "keras", "sklearn", "imblearn")


@lru_cache(maxsize=4096)
def may_draw_or_seed(name: str) -> bool:
    """Can `drawn`, `seeded` or `unseeded_generator` find anything for a call of this name?"""
    module, _, last = name.rpartition(".")
    return (
        module.startswith(("random", "numpy.random", *_LIBRARIES))
        or last in ("rvs", "sample")
        or "seed" in last.lower()
        or name in known.SEEDS
        or name in known.OWN_GENERATORS
        or name in known.SYSTEM_DRAWS
    )


def drawn(node: ast.Call, name: str, modules: frozenset[str]) -> str | None:
    """The global generator that the call draws from without a seed of its own.

    ``modules`` are those that the page imports: only pandas has `.sample(5)`.
    """
    module, _, last = name.rpartition(".")
    if module == "random":
        return "python" if last in known.PYTHON_DRAWS else None
    if module == "numpy.random":
        plain = last.islower() and last not in known.NOT_DRAWS and name not in known.SEEDS
        return "numpy" if plain and not last.startswith("set_") else None
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if None in given or any(_is_given(given.get(key)) for key in ("random_state", "generator")):
        return None
    if module.startswith(_LIBRARIES[:3]):
        return _deep(module, last, given)
    if module.startswith(_LIBRARIES[3:]):
        return "numpy" if _sklearn(last, given) else None
    if last == "rvs" and ("scipy" in module or "scipy" in modules):
        return "numpy"
    if last == "sample" and "pandas" in modules and _may_be_frame(module):
        return "numpy" if _is_frame_sample(node, given, modules) else None
    return None


def seeded(node: ast.Call, name: str) -> frozenset[str]:
    """The generators that the call seeds with a value; any ``*seed*`` function of a library
    that is not known is taken to seed all."""
    values = [*node.args, *[keyword.value for keyword in node.keywords]]
    module, _, last = name.rpartition(".")
    if name in known.SEEDS:
        return frozenset(known.SEEDS[name].split()) if any(map(_is_given, values)) else frozenset()
    foreign = module.partition(".")[0] not in ("", "random", "numpy", "torch", "tensorflow")
    return EVERY if "seed" in last.lower() and foreign else frozenset()


def unseeded_generator(node: ast.Call, name: str) -> bool:
    """Does the call make a generator of its own without a seed?"""
    values = [*node.args, *[keyword.value for keyword in node.keywords]]
    return name in known.OWN_GENERATORS and not any(map(_is_given, values))


def _is_given(node: ast.expr | None) -> bool:
    return node is not None and not (isinstance(node, ast.Constant) and node.value is None)


def _deep(module: str, last: str, given: dict[str | None, ast.expr]) -> str | None:
    if module == "torch":
        return "torch" if last in known.TORCH_DRAWS | known.TORCH_MORE_DRAWS else None
    if module in ("torch.nn", "torch.nn.modules"):
        return "torch" if last in known.TORCH_LAYERS else None
    if module == "torch.nn.init":
        return (
            "torch" if any(word in last for word in ("uniform", "normal", "orthogonal")) else None
        )
    if module == "torch.utils.data":
        return "torch" if last == "random_split" or _is_true(given.get("shuffle")) else None
    if module == "tensorflow.random":
        plain = last.islower() and "seed" not in last and not last.startswith("stateless")
        return "tensorflow" if plain and not _is_given(given.get("seed")) else None
    if module.endswith("keras.layers"):
        return "tensorflow" if last in known.KERAS_LAYERS else None
    return None


def _sklearn(last: str, given: dict[str | None, ast.expr]) -> bool:
    if last in known.DRAWS_ONLY_SHUFFLED:
        return _is_true(given.get("shuffle"))
    shuffle = given.get("shuffle")
    fixed = isinstance(shuffle, ast.Constant) and shuffle.value is False
    return last in known.SKLEARN_DRAWS and not fixed


def _is_true(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value is True


def _may_be_frame(receiver: str) -> bool:
    """Is it a name, a call of pandas, or a chain of methods of a frame: ``.dropna().head()``?"""
    if not receiver or (receiver.startswith("pandas.") and receiver.endswith("()")):
        return True
    calls = [part for part in receiver.split(".") if part]
    return all(part.endswith("()") and part[:-2] in FRAME_ATTRIBUTES for part in calls)


def _is_frame_sample(
    node: ast.Call, given: dict[str | None, ast.expr], modules: frozenset[str]
) -> bool:
    if given.keys() & {"n", "frac"}:
        return "seed" not in given
    other = modules & {
        "torch",
        "tensorflow",
        "tensorflow_probability",
        "jax",
        "pymc",
        "gym",
        "gymnasium",
    }
    return not other and not given.keys() - {"replace", "weights", "axis"} and len(node.args) <= 1
