"""What a kernel opens, and what it does that nobody can look up later. This file's text is
sent to kernels and runs there, before the first cell.

It stands alone and runs no code of the person's own. An audit hook stays until the kernel
ends; what it cannot tell is a doubt, never an error in a cell.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

LISTS = ("os.listdir", "os.scandir")
DOUBTS = frozenset(
    {
        "ftplib.connect", "http.client.connect", "os.exec", "os.fork", "os.forkpty",
        "os.posix_spawn", "os.rename", "os.rmdir", "os.spawn", "os.startfile",
        "os.system", "os.truncate", "pty.spawn", "smtplib.connect", "socket.bind",
        "socket.connect", "socket.getaddrinfo", "socket.gethostbyaddr",
        "socket.gethostbyname", "socket.sendmsg", "socket.sendto", "subprocess.Popen",
        "urllib.Request", "webbrowser.open", "winreg.OpenKey",
    }
)  # fmt: skip
"""Audit events after which another run may find another world."""

NATIVE = frozenset(
    {
        "MySQLdb", "SimpleITK", "catboost", "cv2", "cx_Oracle", "datasets", "duckdb",
        "fiona", "grpc", "h5py", "lightgbm", "lmdb", "netCDF4", "oracledb", "osgeo",
        "polars", "psycopg", "psycopg2", "pycurl", "pymssql", "pyodbc", "pyogrio", "pysam",
        "rasterio", "soundfile", "tables", "tensorflow", "vaex", "xgboost",
    }
)  # fmt: skip
"""Libraries that open files and connections without Python: no audit event tells of them."""

CHILDREN = ("popen_fork", "popen_forkserver", "popen_loky_posix", "popen_spawn_posix")
"""Modules that are loaded once a process is started, which is not watched."""

NO_FILES = ("/dev/", "/proc/", "/sys/")
IMPORTS = (
    "<frozen importlib._bootstrap_external>",
    "<frozen zipimport>",
    os.path.join("importlib", "metadata", "__init__.py"),
)
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC

MODULE = type(sys)

opened: set[str] = set()
listed: set[str] = set()
written: set[str] = set()
doubts: set[str] = set()


def watch() -> None:
    if hasattr(sys, "addaudithook"):
        sys.addaudithook(hook)
    else:
        doubts.add("no audit events")


def hook(event: str, args: tuple[Any, ...]) -> None:
    try:
        note(event, args)
    except Exception as error:
        doubts.add(f"{event}: {type(error).__name__}")


def note(event: str, args: tuple[Any, ...]) -> None:
    if event in DOUBTS:
        # an import that writes what it compiled renames it, too
        if event != "os.rename" or not is_import(sys._getframe(2)):
            doubts.add(event)
    elif event == "os.remove":
        if path_of(args[0]) not in written:
            doubts.add(event)
    elif event == "sqlite3.connect":
        if args[0] != ":memory:":
            doubts.add(event)
    elif (event == "open" or event in LISTS) and not is_import(sys._getframe(2)):
        note_path(event, args)


def is_import(frame: Any) -> bool:
    """The import system looks through folders and reads modules: those are told at the end."""
    return bool(frame.f_code.co_filename.endswith(IMPORTS))


def note_path(event: str, args: tuple[Any, ...]) -> None:
    path = path_of(args[0])
    if path is None or path.startswith(NO_FILES):
        return
    if event != "open":
        listed.add(path)
    elif type(args[2]) is int and args[2] & WRITES:
        written.add(path)
    elif path not in written:
        opened.add(path)


def path_of(given: Any) -> str | None:
    """Absolute; None for a file that is open already."""
    if type(given) is int:
        return None
    if type(given) in (str, bytes) or type(given).__module__.startswith("pathlib"):
        return str(os.path.abspath(os.fsdecode(given)))
    if given is not None:
        raise TypeError
    return os.getcwd()


def told() -> str:
    """JSON: what was opened and listed, the files of what is imported, where modules are
    looked for and Python is installed, and what is in doubt. A file that came and went is
    nobody's."""
    names = list(sys.modules)
    native = {name for name in names if name in NATIVE or name.endswith(CHILDREN)}
    left = {path for path in written if os.path.exists(path)}
    startup = startup_folders()
    found = {
        "opened": sorted(opened),
        "listed": sorted(listed | {*startup[1:]}),
        "places": [os.path.abspath(one) for one in sys.path if type(one) is str and one],
        "prefixes": [sys.prefix, sys.base_prefix],
        "doubts": sorted(doubts | native | left),
    }
    # what is looked at from here on is not the page's doing
    started = [
        *files_in(found["places"], (".pth",)),
        *files_in(startup, (".py", ".ipy", ".json")),
    ]
    files = {sys.executable, *map(os.path.abspath, module_files()), *started}
    return json.dumps({**found, "modules": sorted(files)})


def module_files() -> list[str]:
    files = []
    for module in list(sys.modules.values()):
        # a module's own `__getattr__` is theirs, and is not called
        space = object.__getattribute__(module, "__dict__") if isinstance(module, MODULE) else {}
        file = space.get("__file__")
        if type(file) is str:
            files.append(file)
    return files


def startup_folders() -> list[str]:
    """What IPython reads before the watch began: its profile, and what it runs at its start."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    profile = getattr(shell, "profile_dir", None)
    return [] if profile is None else [profile.location, profile.startup_dir]


def files_in(folders: list[str], ends: tuple[str, ...]) -> list[str]:
    return [
        os.path.join(folder, name)
        for folder in folders
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(ends)
    ]
