"""Ask the app in this container whether it is well; the exit status is the answer."""

import http.client
import os
import sys

PORT = int(os.environ.get("STREAMLIT_SERVER_PORT", "8501"))
BASE = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")


def healthy() -> bool:
    """Whether the server answers, and well."""
    line = http.client.HTTPConnection("localhost", PORT, timeout=4)
    try:
        line.request("GET", f"{'/' if BASE else ''}{BASE}/_stcore/health")
        return line.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        line.close()


if __name__ == "__main__":
    sys.exit(not healthy())
