"""Small messages are sent without delay."""

import socket

from backend.nagle import send_at_once


def test_a_client_of_a_listening_socket_is_answered_at_once() -> None:
    # As Streamlit makes it: the protocol is not named, and asyncio then leaves Nagle's algorithm on.
    with socket.socket(socket.AF_INET) as listening, socket.socket(socket.AF_INET) as idle:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        send_at_once()
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert not idle.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
