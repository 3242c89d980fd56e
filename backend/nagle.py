"""Small messages leave at once.

Streamlit makes its listening socket without naming its protocol, and so asyncio does not know it for TCP and leaves
Nagle's algorithm on: a message that follows another waits until the client has acknowledged the first, which clients
put off for up to 40 ms. Connections inherit the option from the socket that they come in by.
"""

import gc
import socket


def send_at_once() -> None:
    """Turn Nagle's algorithm off on all sockets of this process that listen, and with it for who comes in by them."""
    for candidate in gc.get_objects():
        # Its type is asked, not the object itself, which might answer with a warning.
        if issubclass(type(candidate), socket.socket) and candidate.fileno() >= 0 and _listens(candidate):
            candidate.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _listens(candidate: socket.socket) -> bool:
    return candidate.family in {socket.AF_INET, socket.AF_INET6} and bool(
        candidate.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
    )
