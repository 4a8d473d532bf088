"""Server of the browser tests. It asks for no token: never use it elsewhere."""

import json
import os
import sys
import sysconfig
import venv
from pathlib import Path
from tempfile import mkdtemp


def add_own_kernel() -> None:
    """A kernel of an environment of its own, into which a test may install something."""
    place = Path(mkdtemp(prefix="galata-own-"))
    venv.create(place / "own", with_pip=False, symlinks=True)
    (packages,) = (place / "own").glob("lib/python3*/site-packages")
    (packages / "server.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = str(place / "own" / "bin" / "python")
    kernel = place / "jupyter" / "kernels" / "own"
    kernel.mkdir(parents=True)
    spec = {
        "argv": [python, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Own",
        "language": "python",
    }
    (kernel / "kernel.json").write_text(json.dumps(spec))
    os.environ["JUPYTER_PATH"] = str(place / "jupyter")


# keep the developer's own settings out of the tests
os.environ["JUPYTER_CONFIG_DIR"] = mkdtemp(prefix="galata-config-")
add_own_kernel()

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))
from ports import keep_apart  # noqa: E402

keep_apart()

from jupyterlab.galata import configure_jupyter_server  # noqa: E402

configure_jupyter_server(c)  # noqa: F821 traitlets provides `c`
c.JupyterNotebookApp.expose_app_in_browser = True  # noqa: F821

# one that appends opens again after JupyterLab, an application of its own, closed it
Path("test-server.log").unlink(missing_ok=True)
log = {"class": "logging.FileHandler", "filename": "test-server.log", "mode": "a"}
c.ServerApp.logging_config = {  # noqa: F821
    "handlers": {"file": {**log, "level": "INFO", "formatter": "console"}},
    "loggers": {"ServerApp": {"level": "INFO", "handlers": ["console", "file"]}},
}
