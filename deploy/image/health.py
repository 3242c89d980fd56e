"""Request the health route of the app in this container; the exit status is the result."""

import http.client
import os
import sys

PORT = int(os.environ.get("STREAMLIT_SERVER_PORT", "8501"))
BASE = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")


def healthy() -> bool:
    """Whether the server answers with status 200."""
    connection = http.client.HTTPConnection("localhost", PORT, timeout=4)
    try:
        connection.request("GET", f"{'/' if BASE else ''}{BASE}/_stcore/health")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(not healthy())
