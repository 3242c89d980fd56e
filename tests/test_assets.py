"""The asset route: what is served, how it is packed, and what is refused."""

import gzip
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from threading import Barrier

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from backend import assets
from backend.assets import FOREVER, STORE, AssetStore, Edition, asset_routes, asset_version, pack, warm_assets
from charts.theme import THEMES
from surfaces import SURFACES
from tests.together import PATIENCE


@pytest.fixture
def folder(tmp_path):
    """A small components/ of our own."""
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "stage.js").write_text("export const answer = 42;\n" * 50, encoding="utf-8")
    (tmp_path / "stage" / "stage.css").write_text(".stage { color: red; }", encoding="utf-8")
    (tmp_path / "stage" / "stage.py").write_text("SECRET = 1", encoding="utf-8")
    (tmp_path / "theme.js").write_text("export {};", encoding="utf-8")
    return tmp_path


@pytest.fixture
def store(folder):
    return AssetStore(folder)


@pytest.fixture
def client(store):
    with TestClient(Starlette(routes=asset_routes("", store))) as client:
        yield client


def address(store, path):
    return f"/assets/{store.edition().version}/{path}"


def test_edition_holds_every_surface_in_every_theme_and_every_module_of_components():
    paths = set(STORE.edition().paths)
    for key in SURFACES:
        for theme in THEMES:
            assert {f"surfaces/{key}.{theme}.json", f"thumbnails/{key}.{theme}.png"} <= paths
    modules = {p.relative_to(assets.COMPONENTS).as_posix() for p in assets.COMPONENTS.rglob("*.js")}
    assert modules | {"plotly.min.js"} <= paths
    assert not any(path.endswith(".py") for path in paths)


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("plotly.min.js", "text/javascript; charset=utf-8"),
        ("stage/stage.js", "text/javascript; charset=utf-8"),
        ("stage/stage.css", "text/css; charset=utf-8"),
        ("surfaces/hump.light.json", "application/json"),
        ("thumbnails/hump.dark.png", "image/png"),
        ("math.ttf", "font/ttf"),
    ],
)
def test_an_asset_may_be_kept_for_ever(client, store, path, content_type):
    answer = client.get(address(store, path))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Cache-Control"] == FOREVER
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(address(store, path), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_plotly_is_the_installed_one(client, store):
    original = files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()
    assert client.get(address(store, "plotly.min.js")).content == original


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("gzip;q=1.0", True),
        ("br, gzip;q=0", False),
        ("gzip; q=0.000, br", False),
        ("identity", False),
        ("", False),
    ],
)
def test_the_request_decides_the_compression(client, store, folder, accepted, compressed):
    with client.stream("GET", address(store, "stage/stage.js"), headers={"Accept-Encoding": accepted}) as answer:
        raw = b"".join(answer.iter_raw())
    assert ("gzip" in answer.headers.get("Content-Encoding", "")) == compressed
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(raw)
    assert (gzip.decompress(raw) if compressed else raw) == (folder / "stage" / "stage.js").read_bytes()


def test_pictures_are_not_compressed_again(client, store):
    answer = client.get(address(store, "thumbnails/hump.light.png"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
    assert answer.content.startswith(b"\x89PNG")


def test_streamlit_does_not_compress_our_assets_again(store):
    from streamlit.web.server.starlette.starlette_gzip_middleware import SelectiveGZipMiddleware

    app = SelectiveGZipMiddleware(Starlette(routes=asset_routes("", store)))
    with TestClient(app) as client:
        for path in ("surfaces/hump.light.json", "thumbnails/hump.light.png"):
            with client.stream("GET", address(store, path), headers={"Accept-Encoding": "gzip"}) as answer:
                assert b"".join(answer.iter_raw()) == store.edition().get(path).body


def test_head_answers_with_the_size_and_no_body(client, store):
    path = address(store, "surfaces/hump.light.json")
    head, full = client.head(path), client.get(path)
    assert head.content == b""
    assert head.headers["Content-Length"] == full.headers["Content-Length"]
    assert head.headers["ETag"] == full.headers["ETag"]


@pytest.mark.parametrize(
    "path",
    [
        "stage/stage.py",
        "stage",
        "stage/",
        "",
        "../requirements.txt",
        "stage/../../requirements.txt",
        "%2e%2e/requirements.txt",
        "stage/%2e%2e/theme.js",
        "..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "stage%5cstage.js",
        "stage/stage.js%00",
        "surfaces/hump.blue.json",
        "surfaces/nowhere.light.json",
    ],
)
def test_only_what_is_in_the_index_is_served(client, store, path):
    answer = client.get(address(store, path))
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_answer_to_an_old_page_asks_for_a_reload(client):
    answer = client.get("/assets/0123456789abcdef/stage/stage.js")
    assert (answer.status_code, answer.text) == (404, "This page is older than the server. Reload it.")
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_asset_route_refuses_post(client, store):
    assert client.post(address(store, "theme.js")).status_code == 405


@pytest.mark.parametrize("base", ["adam", "/adam", "/adam/"])
def test_a_prefix_is_put_before_it(store, base):
    with TestClient(Starlette(routes=asset_routes(base, store))) as client:
        assert client.get("/adam" + address(store, "theme.js")).status_code == 200
        assert client.get(address(store, "theme.js")).status_code == 404


def test_the_version_changes_with_the_content_of_the_files(client, store, folder):
    before = store.edition()
    old = address(store, "theme.js")
    assert store.edition() is before
    (folder / "theme.js").write_text("export const changed = true;", encoding="utf-8")
    assert client.get(old).status_code == 404
    assert client.get(address(store, "theme.js")).text == "export const changed = true;"
    (folder / "theme.js").write_text("export {};", encoding="utf-8")
    assert store.edition().version == before.version, "the same content has the same version"
    (folder / "theme.js").rename(folder / "theme2.js")
    assert store.edition().version != before.version


def test_files_are_checked_for_changes_at_most_once_an_interval(folder):
    unchecked = AssetStore(folder, recheck_after=3600)
    edition = unchecked.edition()
    (folder / "theme.js").unlink()
    assert unchecked.edition() is unchecked.fresh() is edition
    assert AssetStore(folder).edition().version != edition.version


def test_the_version_does_not_depend_on_the_folder(store, folder, tmp_path_factory):
    copy = tmp_path_factory.mktemp("elsewhere") / "components"
    shutil.copytree(folder, copy)
    assert AssetStore(copy).edition().version == store.edition().version


def test_the_version_changes_with_the_code_that_draws_maps(monkeypatch):
    before = Edition({}).version
    monkeypatch.setattr(assets, "_python_digest", lambda: b"another surface")
    assert Edition({}).version != before


def test_versions_are_short_and_fit_an_address():
    assert len(asset_version()) == 16
    assert int(asset_version(), 16) >= 0


def test_an_asset_is_made_once_for_all_simultaneous_requests():
    edition, made, together = Edition({}), [], Barrier(8, timeout=PATIENCE)

    def make():
        made.append(1)
        return b"{}"

    edition._makers["slow.json"] = make

    def request(_):
        together.wait()
        return edition.get("slow.json")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(request, range(8)))
    assert made == [1]
    assert all(answer is answers[0] for answer in answers)


def test_a_failure_is_not_kept():
    edition, contents = Edition({}), iter([ValueError("not yet"), b"{}"])

    def make():
        content = next(contents)
        if isinstance(content, Exception):
            raise content
        return content

    edition._makers["late.json"] = make
    with pytest.raises(ValueError, match="not yet"):
        edition.get("late.json")
    packed = edition.get("late.json")
    assert packed is not None
    assert packed.plain() == b"{}"


def test_packing_carries_no_date():
    assert pack("a.js", b"x" * 999).body[4:8] == bytes(4), "the time field of gzip's header (RFC 1952, 2.3)"


def test_warm_makes_what_a_first_visitor_needs():
    warm_assets()
    packed = STORE.edition()._packed
    first = next(iter(SURFACES))
    assert {"plotly.min.js", f"surfaces/{first}.light.json", f"surfaces/{first}.dark.json"} <= packed.keys()
    assert json.loads(packed[f"surfaces/{first}.light.json"].result().plain())["surface"]["key"] == first
