"""Serve what the browser loads: the chart library, our modules, maps and thumbnails, each compressed once."""

import gzip
import hashlib
import math
import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version as installed_version
from importlib.resources import files
from pathlib import Path
from threading import Event, Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend.contract import contract_module
from backend.paths import base_of
from charts.formula import rules_payload
from charts.math_font import math_font
from charts.surface_figure import surface_payload
from charts.theme import THEMES
from charts.thumbnail import draw_thumbnail
from datasets import DATASETS
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from trajectories.landscapes import card_of
from trajectories.own_formula import OWN

ROOT = Path(__file__).parent.parent
COMPONENTS = ROOT / "components"
CONTENT_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".ttf": "font/ttf",
}
# The version is part of the address: the content of an address never changes, so browsers cache it.
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Packed:
    """The bytes and headers of one asset, ready to send.

    Parameters
    ----------
    body : bytes
        Compressed with gzip, unless the content is a picture, which is compressed already.
    compressed : bool
        Whether ``body`` is compressed.
    content_type : str
        The Content-Type header.
    etag : str
        Identifies the content, compressed or not: therefore it is a weak tag.
    """

    body: bytes
    compressed: bool
    content_type: str
    etag: str

    def plain(self) -> bytes:
        """The content, not compressed."""
        return gzip.decompress(self.body) if self.compressed else self.body


def pack(path: str, content: bytes) -> Packed:
    """Compress an asset, and determine its content type and its tag."""
    suffix = Path(path).suffix
    compressed = suffix != ".png"
    return Packed(
        body=gzip.compress(content, 6, mtime=0) if compressed else content,
        compressed=compressed,
        content_type=CONTENT_TYPES[suffix],
        etag=f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"',
    )


class Edition:
    """All assets of one version: an index of paths, each packed at its first request.

    Only paths in the index are served, so no request can read other files.

    Parameters
    ----------
    modules : mapping of str to bytes
        The scripts and style sheets of ``components/``, by their path in it.
    """

    def __init__(self, modules: Mapping[str, bytes]) -> None:
        digest = hashlib.blake2b(_python_digest(), digest_size=8)
        modules = {**modules, "contract.js": contract_module()}
        for path, content in sorted(modules.items()):
            digest.update(f"{path}\0{len(content)}\0".encode() + content)
        self.version = digest.hexdigest()
        self._makers: dict[str, Callable[[], bytes]] = {
            "plotly.min.js": _read_plotly,
            "optimizers.json": rules_payload,
            "math.ttf": math_font,
        }
        for path, content in modules.items():
            self._makers[path] = partial(bytes, content)
        for name, theme in THEMES.items():
            for key, surface in {**SURFACES, OWN: card_of(OWN)}.items():
                self._makers[f"surfaces/{key}.{name}.json"] = partial(surface_payload, surface, theme)
                self._makers[f"thumbnails/{key}.{name}.png"] = partial(draw_thumbnail, surface.landscape, theme)
        self._packed: dict[str, Future[Packed]] = {}
        self._lock = Lock()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path in the index."""
        return tuple(self._makers)

    def ready(self, path: str) -> Packed | None:
        """An asset, if it is packed already."""
        future = self._packed.get(path)
        return future.result() if future is not None and future.done() and future.exception() is None else None

    def get(self, path: str) -> Packed | None:
        """An asset, or None if there is no such path. The first request packs it; concurrent requests wait for this."""
        maker = self._makers.get(path)
        if maker is None:
            return None
        with self._lock:
            future = self._packed.get(path)
            if mine := future is None:
                future = self._packed[path] = Future()
        if mine:
            try:
                future.set_result(pack(path, maker()))
            except BaseException as error:
                del self._packed[path]  # concurrent requests get the error; the next request tries again
                future.set_exception(error)
                raise
        return future.result()


class AssetStore:
    """Gives the current edition of the assets, and makes a new one when a file of the folder has changed.

    Parameters
    ----------
    folder : Path
        The folder of the scripts and style sheets.
    recheck_after : float
        For how many seconds after a check the dates of the files are not read again: under load, reading them took a
        tenth of the computing time.
    """

    def __init__(self, folder: Path, recheck_after: float = 0.0) -> None:
        self._folder = folder
        self._recheck_after = recheck_after
        self._checked = -math.inf
        self._seen: dict[str, tuple[int, int]] = {}
        self._edition: Edition | None = None
        self._lock = Lock()

    def fresh(self) -> Edition | None:
        """The edition, if the files were checked recently."""
        return self._edition if time.monotonic() < self._checked + self._recheck_after else None

    def edition(self) -> Edition:
        """The edition of the files as they are now, or as they were at a recent check."""
        known = self.fresh()
        if known is not None:
            return known
        paths = [path for path in self._folder.rglob("*") if path.suffix in {".js", ".css"}]
        seen = {path.relative_to(self._folder).as_posix(): _stamp(path) for path in paths}
        with self._lock:
            if self._edition is None or seen != self._seen:
                self._edition = Edition({name: (self._folder / name).read_bytes() for name in seen})
                self._seen = seen
            self._checked = time.monotonic()
            return self._edition


STORE = AssetStore(COMPONENTS, recheck_after=0.5)


def asset_version() -> str:
    """The current version of all assets: 16 hexadecimal digits, a hash of their sources."""
    return STORE.edition().version


def warm_assets(stop: Event | None = None) -> None:
    """Pack the assets that a first visitor needs, most urgent first. This takes about a second: call it in a thread.

    Parameters
    ----------
    stop : threading.Event, optional
        Set when the server stops; the function then returns early.
    """
    edition = STORE.edition()
    first = next(iter(SURFACES))
    wanted = ["plotly.min.js", *(f"surfaces/{first}.{name}.json" for name in THEMES)]
    wanted += [path for path in edition.paths if not path.startswith("surfaces/")]
    for path in wanted:
        if stop is not None and stop.is_set():
            return
        edition.get(path)


def asset_routes(base: str, store: AssetStore = STORE) -> list[BaseRoute]:
    """Route ``GET {base}/assets/<version>/<path>``.

    Parameters
    ----------
    base : str
        The prefix under which the app is served: ``""``, or for example ``"/adam"``.
    store : AssetStore
        The source of the assets.

    Returns
    -------
    list of BaseRoute
        For the Starlette app. It serves ``plotly.min.js``, every script and style sheet below ``components/``
        by its path there, ``contract.js``, ``optimizers.json``, ``math.ttf``, ``surfaces/<key>.<theme>.json``,
        ``thumbnails/<key>.<theme>.png``.
        For a path of another version it answers 404: modules of that version may not fit the server.
    """

    async def serve(request: Request) -> Response:
        # Files are read and assets packed in a worker thread, so that the event loop is free.
        edition = store.fresh()
        if edition is None:
            edition = await run_in_threadpool(store.edition)
        version, path = request.path_params["version"], request.path_params["path"]
        if version != edition.version:
            return _not_found("This page is older than the server. Reload it.")
        packed = edition.ready(path)
        if packed is None:
            packed = await run_in_threadpool(edition.get, path)
        if packed is None:
            return _not_found(f"There is no {path!r} here.")
        return _respond(request, packed)

    return [Route(f"{base_of(base)}/assets/{{version}}/{{path:path}}", serve, methods=["GET", "HEAD"])]


def _respond(request: Request, packed: Packed) -> Response:
    headers = {"Cache-Control": FOREVER, "ETag": packed.etag, "X-Content-Type-Options": "nosniff"}
    if packed.compressed:
        headers["Vary"] = "Accept-Encoding"
    if packed.etag in request.headers.get("If-None-Match", ""):
        return Response(status_code=304, headers=headers)
    if packed.compressed and takes_gzip(request.headers.get("Accept-Encoding", "")):
        headers["Content-Encoding"] = "gzip"  # so that Streamlit does not compress it again
        body = packed.body
    else:
        body = packed.plain()
    return Response(body, headers=headers, media_type=packed.content_type)  # for HEAD the server sends no body


def _not_found(sentence: str) -> Response:
    return PlainTextResponse(sentence, status_code=404, headers={"Cache-Control": "no-store"})


def takes_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header accepts gzip: it is named, and its weight is not 0."""
    return re.search(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", accept_encoding, re.IGNORECASE) is not None


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _read_plotly() -> bytes:
    return files("plotly").joinpath("package_data", "plotly.min.js").read_bytes()


@cache
def _python_digest() -> bytes:
    """A hash of the code and data that make maps and thumbnails. Read once: changes do not reach the running code."""
    digest = hashlib.blake2b("".join(map(installed_version, ("plotly", "ziamath"))).encode())
    for folder in ("datasets", "formulas", "surfaces", "optimizers", "charts", "trajectories"):
        for path in sorted((ROOT / folder).glob("*.*")):
            digest.update(path.read_bytes())
    for catalogue in (DATASETS, SURFACES, OPTIMIZERS):
        for key, text in catalogue.own.items():
            digest.update(f"{key}\0{text}\0".encode())
    return digest.digest()
