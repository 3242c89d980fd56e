"""Read a formula while a visitor types it: its nodes to be drawn, its letters, or what is wrong and where."""

import json
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from backend.paths import base_of
from formulas import FormulaError
from formulas.mathml import write_mathml
from formulas.typed import letters_of, read_typed

PATH = "/api/formula"
MOST_BYTES = 4096  # of a text that is read; a formula has at most 500 characters
TOO_LONG = "A formula has at most 500 characters. Shorten it."


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
        For the Starlette app. The text is parsed and never evaluated; parsing takes a few milliseconds.
    """

    async def serve(request: Request) -> Response:
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
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type="application/json", headers=headers)
