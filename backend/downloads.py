"""Send a scenario as a file: a script, a notebook, a table. The formats are those of ``exports``."""

import logging
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from functools import partial

from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from backend.lanes import Lane
from backend.log import line
from backend.pace import Pace
from backend.paths import base_of
from backend.reading import MAX_CHARACTERS
from backend.workers import Workers
from exports import FORMATS, ExportError, Format
from exports.heading import file_name, read_link
from trajectories import Scenario, ScenarioError, format_settings
from trajectories.sentences import show_text, suggest

logger = logging.getLogger(__name__)

PATH = "/api/export"
# A class presses the button in the same second; after that, so many files a second begin.
FILES_AT_ONCE, FILES_A_SECOND = 100, 4
MOST_OPEN = 100  # files that are being written
NOT_STORED = {"Cache-Control": "no-store"}  # a file contains the visitor's data


class _RefusedError(ValueError):
    """A request that gets no file; the text is a sentence for people."""

    def __init__(self, sentence: str, status: int = 400, retry: float = 0.0) -> None:
        super().__init__(sentence)
        self.answer = PlainTextResponse(sentence, status, NOT_STORED | _retry_after(retry))


def _retry_after(seconds: float) -> dict[str, str]:
    return {"Retry-After": str(math.ceil(seconds))} if seconds else {}


class _Files:
    """The limits of the route, and the threads that write the files."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._pace = Pace(FILES_A_SECOND, FILES_AT_ONCE)
        self._open = 0

    def admit(self) -> None:
        """Raise an error if there are too many files now."""
        wait = self._pace.take_at_once(1) or (1.0 if self._open >= MOST_OPEN else 0.0)
        if wait:
            raise _RefusedError("The server is writing many files now. Try again in a moment.", 429, wait)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    async def pieces(self, form: Format, scenario: Scenario) -> AsyncIterator[bytes]:
        """The file in pieces, each computed in the slow lane: walks and drags of others come first."""
        with self._counted():
            content = form.write(scenario)
            while True:
                piece = await self._workers.call(partial(next, content, None), Lane.SLOW)
                if piece is None:
                    return
                yield piece


def downloads_route(prefix: str, workers: Workers) -> BaseRoute:
    """Route ``GET {base}/api/export/<format>?<link>``, and ``POST`` of a scenario as JSON where a link is too short.

    Parameters
    ----------
    prefix : str
        The server's base path.
    workers : Workers
        The threads that compute; files are written in their slow lane.

    Returns
    -------
    BaseRoute
        A file is answered as an attachment, piece by piece, and stored in no cache. Whatever is wrong is one sentence.
    """
    files = _Files(workers)

    async def serve(request: Request) -> Response:
        try:
            form = _format(request.path_params["format"])
            files.admit()
            scenario = await _posted(request) if request.method == "POST" else await _linked(request)
            pieces = files.pieces(form, scenario)
            first = await anext(pieces, b"")
        except _RefusedError as refused:
            return refused.answer
        except ExportError as problem:
            return PlainTextResponse(str(problem), 400, NOT_STORED)
        logger.info(line("exported", format=form.key, scenario=format_settings(scenario)))
        headers = {"Content-Disposition": f'attachment; filename="{file_name(scenario, form.suffix)}"', **NOT_STORED}
        return StreamingResponse(_after(first, pieces), headers=headers, media_type=form.media_type)

    return Route(f"{base_of(prefix)}{PATH}/{{format}}", serve, methods=["GET", "POST"])


async def _after(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in others:
        yield piece


def _format(key: str) -> Format:
    served = {name: form for name, form in FORMATS.items() if form.served}
    if key not in served:
        raise _RefusedError(f"No format {show_text(key)}. {suggest(key, served)}", 404)
    return served[key]


async def _linked(request: Request) -> Scenario:
    """The scenario of a link; it is read in a thread, since a long formula takes half a second."""
    return await run_in_threadpool(read_link, request.url.query)


def _validated(body: bytes) -> Scenario:
    return Scenario.model_validate(from_json(body))


async def _posted(request: Request) -> Scenario:
    """The scenario in the body of a request."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_CHARACTERS:
            raise _RefusedError(f"A scenario may have at most {MAX_CHARACTERS} bytes.", 413)
    try:
        return await run_in_threadpool(_validated, body)
    except ScenarioError as problem:
        raise _RefusedError(str(problem)) from None
    except ValueError:
        raise _RefusedError("This scenario is not valid JSON.") from None
