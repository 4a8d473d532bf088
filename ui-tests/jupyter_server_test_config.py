"""Server of the browser tests. It asks for no token: never use it elsewhere."""

import os
from tempfile import mkdtemp

# keep the developer's own settings out of the tests
os.environ["JUPYTER_CONFIG_DIR"] = mkdtemp(prefix="galata-config-")

from jupyterlab.galata import configure_jupyter_server

configure_jupyter_server(c)  # noqa: F821 traitlets provides `c`
c.JupyterNotebookApp.expose_app_in_browser = True  # noqa: F821
