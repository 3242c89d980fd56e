"""What applies to every route: headers on all answers, closed routes, foreign hosts and frames."""

import gzip
import re
from importlib.resources import files

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.web.server.starlette.starlette_routes import create_host_config_routes

from backend import guard
from backend.guard import policy
from backend.metrics import metrics_routes
from backend.settings import DEFAULTS, Settings
from backend.wiring import our_middleware, our_routes
from tests.stream_client import SHORT, assert_walked, request_walk

PAGE = files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
NAMES = ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy")


def serve(base="", hosts=(), routes=(), settings=DEFAULTS):
    def hello(request):
        return PlainTextResponse("hello", headers={"X-Content-Type-Options": "sniff"})

    def broken(request):
        raise ZeroDivisionError("secret")

    async def socket(websocket):
        await websocket.accept()
        await websocket.close()

    own = [Route("/", hello), Route("/broken", broken), WebSocketRoute("/socket", socket)]
    own += [Route(base + path + rest, hello) for path in guard.CLOSED for rest in ("", "/x/y")]
    middleware = our_middleware(base, PAGE, bytes, settings, hosts)
    return TestClient(Starlette(routes=[*routes, *own], middleware=middleware), raise_server_exceptions=False)


@pytest.mark.parametrize("path", ["/", "/none", "/broken", "/_stcore/metrics"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_every_answer_carries_the_headers(path, method):
    answer = serve().request(method, path)
    if path == "/broken" and method in {"GET", "HEAD"}:
        assert (answer.status_code, "secret" in answer.text) == (500, False)
    for name in NAMES:
        assert len(answer.headers.get_list(name)) == 1
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_policy_allows_no_eval_and_no_script_but_those_of_the_page():
    directives = dict(part.split(" ", 1) for part in policy(PAGE, "'self'").split("; "))
    assert "unsafe-inline" not in directives["script-src"]
    assert not re.search(r"'unsafe-eval'|\*|https?:", directives["script-src"])
    assert len(re.findall("'sha256-", directives["script-src"])) == len(re.findall("<script>", PAGE)) == 1
    assert directives["object-src"] == "'none'"


@pytest.mark.parametrize("base", ["", "/adam"])
@pytest.mark.parametrize("door", guard.CLOSED)
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE", "OPTIONS"])
def test_routes_that_are_not_needed_are_closed(base, door, method):
    for rest in ("", "/x/y"):
        assert serve(base).request(method, base + door + rest).status_code == 404


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("adam.example", True),
        ("ADAM.example:8501", True),
        ("adam.example.", True),
        ("a.school.example", True),
        ("school.example", False),
        ("adam.example.enemy.example", False),
        ("enemy.example", False),
        ("", False),
    ],
)
def test_the_server_answers_to_its_names_only(host, known):
    client = serve(hosts=["adam.example", "*.school.example"])
    assert client.get("/", headers={"Host": host}).status_code == (200 if known else 400)
    if known:
        with client.websocket_connect("/socket", headers={"Host": host}):
            return
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/socket", headers={"Host": host}):
        pass


def test_the_health_route_answers_to_an_ip_address():
    client = serve(hosts=["adam.example"], routes=[Route("/_stcore/health", PlainTextResponse("ok"))])
    assert client.get("/_stcore/health", headers={"Host": "10.0.0.7:8501"}).text == "ok"


@pytest.mark.parametrize("hosts", [(), ["*"], [""]])
def test_without_configured_names_any_host_is_accepted(hosts):
    assert serve(hosts=hosts).get("/", headers={"Host": "any.example"}).status_code == 200


@pytest.mark.parametrize(
    ("value", "sources"),
    [
        ("'self' https://lms.example.org https://*.school.example:8443", None),
        ("*", None),
        ("", "'none'"),
        ("'none'", None),
    ],
)
def test_a_setting_decides_which_sites_may_frame_the_app(value, sources):
    header = serve(settings=Settings(frame_ancestors=value)).get("/").headers["content-security-policy"]
    assert header.endswith(f"frame-ancestors {value if sources is None else sources}")


def test_without_a_token_metrics_are_refused():
    assert TestClient(Starlette(routes=metrics_routes("", token=""))).get("/metrics").status_code == 404


@pytest.mark.parametrize("base", ["", "/adam"])
def test_metrics_are_given_to_clients_with_the_token(base):
    settings = Settings(metrics="a-token-of-the-tests")
    app = Starlette(routes=our_routes(base, settings), middleware=our_middleware(base, PAGE, bytes, settings))
    with TestClient(app) as client:
        for given in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "a-token-of-the-tests"}):
            assert client.get(f"{base}/metrics", headers=given).status_code == 401

        def read():
            metrics = client.get(f"{base}/metrics", headers={"Authorization": "Bearer a-token-of-the-tests"}).text
            pairs = [entry.rsplit(" ", 1) for entry in metrics.splitlines() if not entry.startswith("#")]
            return {name: float(value) for name, value in pairs}

        before = read()
        with client.websocket_connect(f"{base}/api/stream") as socket:
            request_walk(socket, 1, SHORT)
            assert_walked(socket, 1, SHORT)
            assert read()["mradam_sockets"] == before["mradam_sockets"] + 1
        after = read()
        done, steps, waits = (
            'mradam_requests_total{outcome="done"}',
            "mradam_steps_total",
            "mradam_queue_wait_seconds_count",
        )
        assert after[done] == before.get(done, 0) + 1
        assert after[steps] == before[steps] + 2 * 31
        assert after[waits] > before[waits]


@pytest.mark.parametrize("base", ["", "/adam"])
def test_streamlits_page_shows_no_dialog_and_ignores_messages_of_other_sites(base):
    answer = serve(base=base).get(f"{base}/_stcore/host-config")
    assert answer.json()["blockErrorDialogs"] is True
    assert answer.json()["allowedOrigins"] == []
    # Exactly the files that the page of Streamlit requests: a new version may request more.
    theirs = TestClient(Starlette(routes=create_host_config_routes(base))).get(f"{base}/_stcore/host-config")
    assert answer.json().keys() == theirs.json().keys()


def test_only_a_page_contains_the_sentence_for_a_server_that_does_not_answer():
    def page(request):
        return HTMLResponse("<html><body><i>ü</i></body></html>", headers={"ETag": "x", "Last-Modified": "y"})

    def streamed(request):
        return StreamingResponse(iter(["<html><bo", "dy></bod", "y></html>"]), media_type="text/html")

    def packed(request):
        body = gzip.compress(b"<html><body></body></html>")
        return Response(body, headers={"Content-Encoding": "gzip", "Content-Type": "text/html"})

    def missing(request):
        return HTMLResponse("<body></body>", status_code=404)

    def odd(request):
        return HTMLResponse("no end")

    routes = [Route("/page", page), Route("/streamed", streamed), Route("/missing", missing), Route("/odd", odd)]
    routes.append(Route("/packed", packed))
    client = serve(routes=routes)
    answer = client.get("/page")
    assert re.fullmatch(
        r'<html><body><i>ü</i><style>.*</style>\n<p id="mr-adam-wait".*</p>\n<script>.*</script>\n</body></html>',
        answer.text,
        re.DOTALL,
    )
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert not answer.headers.keys() & {"etag", "last-modified"}
    for path in ("/streamed", "/packed"):
        assert client.get(path).text.count("mr-adam-wait") == answer.text.count("mr-adam-wait")
    assert [client.get(path).text for path in ("/missing", "/odd", "/")] == ["<body></body>", "no end", "hello"]
    assert client.head("/page").content == b""


@pytest.mark.parametrize(
    ("path", "target", "relative"),
    [
        ("/lessons/", "/lessons?lesson=hump", "../lessons?lesson=hump"),
        ("/lessons//", "/lessons", "../../lessons"),
        ("/adam", "http://testserver/adam/", "./adam/"),
        ("/adam", "/adam/?a=b", "./adam/?a=b"),
        ("/", "/elsewhere", "/elsewhere"),
        ("/old", "/new/old", "/new/old"),
        ("/old/", "https://other.example/new", "https://other.example/new"),
        ("/old/", "https://other.example/old", "https://other.example/old"),
    ],
)
def test_a_redirect_that_only_changes_slashes_is_relative(path, target, relative):
    """A path from the root would leave the path that a proxy removes."""
    client = serve(routes=[Route("/{path:path}", lambda _: RedirectResponse(target))])
    answer = client.get(path, follow_redirects=False)
    assert answer.headers["location"] == relative
    assert answer.url.join(relative) == answer.url.join(target)
