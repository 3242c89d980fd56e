"""Read a formula while a visitor types it: its nodes to be drawn, its letters, or what is wrong and where."""

import json
import math
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from backend.pace import Pace
from backend.paths import base_of
from formulas import FormulaError
from formulas.mathml import write_mathml
from formulas.typed import letters_of, read_typed

PATH = "/api/formula"
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
MOST_BYTES = 4096  # of a text that is read; a formula has at most 500 characters
TOO_LONG = "A formula has at most 500 characters. Shorten it."
# A class types in the same second: a short text is parsed in a few milliseconds, one of 500 characters in some 20. All
# clients share the limit.
TEXTS_AT_ONCE, TEXTS_A_SECOND = 600, 100
TOO_MANY = "The server is reading many formulas now. Type on in a moment."


def read_formula(text: str) -> dict[str, Any]:
    """What the browser gets for a text.

    Returns
    -------
    dict
        ``{"math", "letters", "error"}``. ``math``: as of ``formulas.mathml``, or null; ``letters``: the names of the
        letters that have sliders; ``error``: ``{"sentence", "position", "length"}``, or null.

    Examples
    --------
    >>> read_formula("x +")["error"]["position"], read_formula("a x")["letters"]
    (3, ['a'])
    """
    try:
        node = read_typed(text)
    except FormulaError as problem:
        error = {"sentence": str(problem), "position": problem.position, "length": problem.length}
        return {"math": None, "letters": [], "error": error}
    return {"math": write_mathml(node), "letters": [*letters_of(node)], "error": None}


def formula_route(base: str) -> BaseRoute:
    """Route ``POST {base}/api/formula``, with the text as the body: an address would be written into logs.

    Parameters
    ----------
    base : str
        The server's base path.

    Returns
    -------
    BaseRoute
        For the Starlette app. The text is parsed and never evaluated; parsing takes a few milliseconds. Beyond the
        rate that a class needs the answer is 429 with a sentence.
    """
    pace = Pace(TEXTS_A_SECOND, TEXTS_AT_ONCE)

    async def serve(request: Request) -> Response:
        wait = pace.take_at_once(1)
        if wait:
            return PlainTextResponse(TOO_MANY, 429, {**HEADERS, "Retry-After": str(math.ceil(wait))})
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_BYTES:
                return _answer({"math": None, "letters": [], "error": _whole(TOO_LONG)})
        return _answer(await run_in_threadpool(read_formula, body.decode("utf-8", "replace")))

    return Route(f"{base_of(base)}{PATH}", serve, methods=["POST"])


def _whole(sentence: str) -> dict[str, object]:
    return {"sentence": sentence, "position": 0, "length": 0}


def _answer(reading: dict[str, Any]) -> Response:
    content = json.dumps(reading, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return Response(content, media_type="application/json", headers=HEADERS)
