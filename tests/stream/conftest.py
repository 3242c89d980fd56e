"""The fixtures of the tests of the stream."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient, WebSocketTestSession

from tests.stream_client import serving


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of a server that has only the stream; one for all tests of a file."""
    with serving() as client:
        yield client


@pytest.fixture
def socket(client: TestClient) -> Iterator[WebSocketTestSession]:
    """A socket of that server."""
    with client.websocket_connect("/api/stream") as socket:
        yield socket
