"""Every registered route refuses strangers, the unauthorized and forged requests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer
from page import Page
from tornado.httpclient import HTTPClientError
from tornado.routing import Router

from jupyter_prodready.server.extension import all_routes
from jupyter_prodready.server.handlers import ProdreadyHandler

pytestmark = pytest.mark.kernel

VERBS = ("get", "post", "put", "patch", "delete")


def verbs_of(handler: type) -> Iterator[str]:
    return (verb for verb in VERBS if getattr(handler, verb) is not getattr(ProdreadyHandler, verb))


ROUTES = [
    (verb.upper(), re.sub(r"\([^)]*\)", "v1", pattern))
    for pattern, handler in all_routes()
    for verb in verbs_of(handler)
]
EVERY_ROUTE = pytest.mark.parametrize(("method", "path"), ROUTES)


class DenyAll(Authorizer):
    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return False


class DenyKernels(Authorizer):
    """May read and write files, and not run code."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return (action, resource) != ("execute", "kernels")


class ReadOnly(Authorizer):
    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return action in ("read", "execute")


async def code_of(fetch, method: str, path: str, **options) -> tuple[int, dict[str, str]]:
    body = "{}" if method in ("POST", "PUT", "PATCH") else None
    options = {"body": body, **options}
    with pytest.raises(HTTPClientError) as error:
        await fetch("jupyter-prodready", *path.split("/"), method=method, **options)
    return error.value.code, json.loads(error.value.response.body)


def registered(router: Router) -> Iterator[tuple[str, type]]:
    for rule in router.rules:
        if hasattr(rule.target, "rules"):
            yield from registered(rule.target)
        elif hasattr(rule.matcher, "regex"):
            yield rule.matcher.regex.pattern, rule.target


def test_the_list_is_what_the_server_has(jp_serverapp):
    ours = {
        pattern.partition("prodready/")[2].rstrip("$")
        for pattern, _ in registered(jp_serverapp.web_app.default_router)
        if "prodready/" in pattern
    }
    assert ours == {pattern for pattern, _ in all_routes()}


def test_the_routes_are_those_of_the_interface():
    assert sorted(ROUTES) == sorted(
        [
            ("POST", "check"),
            ("POST", "graph"),
            ("POST", "fix"),
            ("GET", "checks"),
            ("GET", "checks/v1"),
            ("POST", "verify"),
            ("GET", "verify"),
            ("GET", "verify/v1"),
            ("DELETE", "verify/v1"),
            ("GET", "verify/v1/outputs/v1"),
            ("GET", "verify/v1/repaired/v1"),
            ("POST", "extract"),
            ("POST", "suggest"),
            ("POST", "install"),
            ("POST", "proof"),
            ("POST", "apply"),
            ("POST", "carry"),
            ("POST", "journal"),
            ("POST", "finish"),
            ("POST", "undo"),
        ]
    )


@EVERY_ROUTE
async def test_a_stranger_is_refused(jp_fetch, method: str, path: str):
    code, answer = await code_of(jp_fetch, method, path, headers={"Authorization": ""})
    assert code == 403
    assert set(answer) == {"message", "hint"}


@EVERY_ROUTE
async def test_a_wrong_token_is_refused(jp_fetch, method: str, path: str):
    code, _ = await code_of(jp_fetch, method, path, headers={"Authorization": "token nonsense"})
    assert code == 403


@EVERY_ROUTE
async def test_a_forged_request_is_refused(jp_fetch, method: str, path: str):
    """A page elsewhere can make the browser send its cookie, but not the XSRF token."""
    if method == "GET":
        pytest.skip("changes nothing")
    cookies = await browser_cookies(jp_fetch)
    headers = {"Authorization": "", "Cookie": cookies}
    code, _ = await code_of(jp_fetch, method, path, headers=headers)
    assert code == 403


async def test_the_browser_itself_is_let_in(jp_fetch):
    """The near miss of the test above: the same cookie and the token."""
    cookies = await browser_cookies(jp_fetch)
    token = cookies_of(await jp_fetch("login", headers={"Authorization": ""}))["_xsrf"].value
    headers = {"Authorization": "", "Cookie": f"{cookies}; _xsrf={token}", "X-XSRFToken": token}
    body = json.dumps(Page(jp_fetch, {"a": "x = 1"}).body())
    response = await jp_fetch(
        "jupyter-prodready", "graph", method="POST", body=body, headers=headers
    )
    assert response.code == 200


async def browser_cookies(fetch) -> str:
    """The cookie that a browser gets when the person opens the address with the token."""
    response = await fetch("api", "status")  # signed in by the token
    jar = cookies_of(response)
    cookies = "; ".join(f"{name}={one.value}" for name, one in jar.items() if name != "_xsrf")
    assert cookies
    return cookies


def cookies_of(response) -> SimpleCookie:
    jar = SimpleCookie()
    for header in response.headers.get_list("Set-Cookie"):
        jar.load(header)
    return jar


class TestDenyAll:
    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config["ServerApp"]["authorizer_class"] = DenyAll
        return jp_server_config

    @EVERY_ROUTE
    async def test_is_refused(self, jp_fetch, method: str, path: str):
        code, answer = await code_of(jp_fetch, method, path)
        assert code == 403
        assert set(answer) == {"message", "hint"}


class TestDenyKernels:
    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config["ServerApp"]["authorizer_class"] = DenyKernels
        return jp_server_config

    async def test_check_asks_no_kernel(self, jp_fetch):
        page = Page(jp_fetch, {"a": "x = 1"})
        assert (await page.check())["path"] == "n.ipynb"
        with pytest.raises(HTTPClientError) as error:
            await page.check(kernel_id="k")
        assert error.value.code == 403

    async def test_fix_asks_no_kernel(self, jp_fetch):
        body = json.dumps({**Page(jp_fetch, {"a": "x = 1"}).body(kernel_id="k"), "id": "f"})
        with pytest.raises(HTTPClientError) as error:
            await jp_fetch("jupyter-prodready", "fix", method="POST", body=body)
        assert error.value.code == 403

    @pytest.mark.parametrize("path", ["verify", "proof", "install"])
    async def test_nothing_is_run(self, jp_fetch, path: str):
        code, _ = await code_of(jp_fetch, "POST", path)
        assert code == 403


class TestReadOnly:
    @pytest.fixture
    def jp_server_config(self, jp_server_config):
        jp_server_config["ServerApp"]["authorizer_class"] = ReadOnly
        return jp_server_config

    @pytest.mark.parametrize("path", ["apply", "finish", "undo", "install"])
    async def test_nothing_is_written(self, jp_fetch, path: str):
        code, _ = await code_of(jp_fetch, "POST", path)
        assert code == 403
