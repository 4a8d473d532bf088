"""Names of packages: the one that is imported and the one that is installed."""

from __future__ import annotations

import re
from collections.abc import Iterator

OTHER_NAMES = {
    "PIL": "pillow", "cv2": "opencv-python opencv-python-headless opencv-contrib-python",
    "sklearn": "scikit-learn", "skimage": "scikit-image", "yaml": "pyyaml",
    "bs4": "beautifulsoup4", "dotenv": "python-dotenv", "dateutil": "python-dateutil",
    "Crypto": "pycryptodome", "serial": "pyserial", "OpenSSL": "pyopenssl", "jwt": "pyjwt",
    "psycopg2": "psycopg2 psycopg2-binary", "MySQLdb": "mysqlclient", "docx": "python-docx",
    "pptx": "python-pptx", "fitz": "pymupdf", "git": "gitpython", "umap": "umap-learn",
    "imblearn": "imbalanced-learn", "community": "python-louvain", "igraph": "python-igraph igraph",
    "faiss": "faiss-cpu faiss-gpu", "tensorflow": "tensorflow-cpu tensorflow-gpu",
    "torch": "pytorch", "attr": "attrs", "zmq": "pyzmq", "tables": "tables pytables",
    "osgeo": "gdal", "kafka": "kafka-python", "slugify": "python-slugify", "magic": "python-magic",
    "levenshtein": "python-levenshtein", "hydra": "hydra-core", "wx": "wxpython",
    "sentence_transformers": "sentence-transformers", "lightning": "pytorch-lightning lightning",
    "mpl_toolkits": "matplotlib", "matplotlib": "matplotlib-base", "pkg_resources": "setuptools",
}  # fmt: skip
"""Imports whose package is called otherwise, as the packages' own pages say."""


def normalised(name: str) -> str:
    """A distribution's name in PEP 503's spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def required_name(requirement: str) -> str | None:
    """The name in a requirement such as ``pandas[excel]>=2; python_version < "4"``."""
    found = re.match(
        r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:$|[\[;(<>=!~@#,\s])", requirement
    )
    return normalised(found[1]) if found else None


def likely(module: str) -> tuple[str, ...]:
    """The distributions that an import probably comes from, by its name alone."""
    return (normalised(module), *OTHER_NAMES.get(module, "").split())


def installed_by(command: str) -> Iterator[str]:
    """The packages that ``pip install ...`` or its like names; with their versions."""
    words = command.split()
    if "install" not in words and "add" not in words:
        return
    start = next(i for i, word in enumerate(words) if word in ("install", "add"))
    skip = False
    for word in words[start + 1 :]:
        if word in ("&&", ";", "||", "|", ">", "2>&1", "#"):
            return
        if skip or word.startswith("-"):
            skip = word in ("-r", "--requirement", "-i", "--index-url", "-c", "--channel", "-n")
            continue
        yield word.strip("\"'")
