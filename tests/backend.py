"""Builds the package `shop` of `src/` in an instant: what a test's project is installed with.

Files beside it say what goes wrong: `slow` (seconds), `broken`, `offline`, `elsewhere`.
"""

import os
import pathlib
import time
import zipfile

INFO = "shop-0.1.0.dist-info"
METADATA = "Metadata-Version: 2.1\nName: shop\nVersion: 0.1.0\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def build_editable(folder, config_settings=None, metadata_directory=None):
    if os.path.exists("slow"):
        print("working hard", flush=True)
        pathlib.Path("pid").write_text(str(os.getpid()))
        time.sleep(float(pathlib.Path("slow").read_text() or 60))
    if os.path.exists("broken"):
        raise SystemExit("the backend is broken")
    if os.path.exists("offline"):
        raise SystemExit("ERROR: No matching distribution found for hatchling")
    source = "lib" if os.path.exists("elsewhere") else "src"
    files = {
        "shop.pth": os.path.join(os.getcwd(), source) + "\n",
        f"{INFO}/METADATA": METADATA,
        f"{INFO}/WHEEL": WHEEL,
    }
    files[f"{INFO}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{INFO}/RECORD"])
    name = "shop-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)
    return name


def build_wheel(folder, config_settings=None, metadata_directory=None):
    return build_editable(folder)
