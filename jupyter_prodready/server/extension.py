"""What happens when the Jupyter server loads this extension."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from jupyter_events.logger import EventLogger
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join

from . import (
    carry_routes,
    check_routes,
    extract_routes,
    fix_routes,
    install_routes,
    journal_routes,
    proof_routes,
    suggest_routes,
    verify_routes,
)
from .handlers import Route
from .job_events import JobEvents
from .jobs import JobStore
from .sessions import Sessions

NAMESPACE = "jupyter-prodready"
HISTORY_MESSAGES = ("history_request", "history_reply")


def load(server_app: ServerApp) -> None:
    """Register the routes and what they share.

    Afterwards ``web_app.settings`` has ``prodready_executor`` (for CPU work),
    ``prodready_sessions`` (kernels and their reported runs) and ``prodready_jobs``.
    """
    settings = server_app.web_app.settings
    settings["prodready_executor"] = ThreadPoolExecutor(2, thread_name_prefix="prodready")
    settings["prodready_sessions"] = Sessions(
        server_app.kernel_manager, lambda: settings["contents_manager"]
    )
    settings[verify_routes.JOBS] = _job_store(server_app.event_logger)
    _leave_kernel_status_alone(server_app)
    _add_routes(server_app, all_routes())


def _job_store(logger: EventLogger | None) -> JobStore:
    return JobStore() if logger is None else JobStore(JobEvents(logger).tell)


def all_routes() -> tuple[Route, ...]:
    """Every route of the extension: patterns below ``jupyter-prodready/``."""
    of_extract = (extract_routes, suggest_routes, install_routes, proof_routes, carry_routes)
    rooms = (check_routes, fix_routes, verify_routes, *of_extract, journal_routes)
    return tuple(route for room in rooms for route in room.ROUTES)


def _add_routes(server_app: ServerApp, routes: tuple[Route, ...]) -> None:
    root = re.escape(url_path_join(server_app.web_app.settings["base_url"], NAMESPACE))
    handlers = [(f"{root}/{pattern}", handler) for pattern, handler in routes]
    server_app.web_app.add_handlers(".*$", handlers)  # type: ignore[no-untyped-call]  # jupyter


def _leave_kernel_status_alone(server_app: ServerApp) -> None:
    """Keep our history requests from marking a busy kernel idle.

    The kernel publishes busy and idle for each of them; the server and JupyterLab
    skip the messages of untracked types (JupyterLab learns the list from its page).
    """
    manager = server_app.kernel_manager
    known = list(getattr(manager, "untracked_message_types", []))
    manager.untracked_message_types = [
        *known,
        *(name for name in HISTORY_MESSAGES if name not in known),
    ]
