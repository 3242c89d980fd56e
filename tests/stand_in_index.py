"""Package indexes of this machine's own: pip's, and the one to which uv goes for PyTorch's builds."""

import base64
import hashlib
import re
import ssl
import subprocess
import threading
import zipfile
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

Folder = dict[str, Path]  # by the name of a project: its one wheel


def make_wheel(folder: Path, name: str, version: str, needs: str = "") -> Path:
    """A wheel with nothing in it but its name, its version and what it needs."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    inside = f"{name}-{version}.dist-info"
    texts = {
        f"{name}.py": f'__version__ = "{version}"\n',
        f"{inside}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + (f"Requires-Dist: {needs}\n" if needs else ""),
        f"{inside}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for file, text in texts.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        record += f"{file},sha256={digest},{len(text.encode())}\n"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in {**texts, f"{inside}/RECORD": f"{record}{inside}/RECORD,,\n"}.items():
            wheel.writestr(file, text)
    return path


class Authority:
    """Signs a certificate for any host that is requested."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.certificate = folder / "authority.pem"
        self._make("authority", "/CN=Stand-in")

    def context_for(self, host: str) -> ssl.SSLContext:
        signed: list[str | Path] = ["-CA", self.certificate, "-CAkey", self._folder / "authority.key"]
        self._make(
            "host",
            "/CN=Host",
            *signed,
            *("-addext", "basicConstraints=critical,CA:FALSE", "-addext", f"subjectAltName=DNS:{host}"),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self._folder / "host.pem", self._folder / "host.key")
        return context

    def _make(self, name: str, subject: str, *more: str | Path) -> None:
        files: list[str | Path] = ["-keyout", self._folder / f"{name}.key", "-out", self._folder / f"{name}.pem"]
        kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
        command = ["openssl", "req", "-x509", *kind, "-subj", subject, *files, *more]
        subprocess.run(command, check=True, capture_output=True)


class StandIn(ThreadingHTTPServer):
    """A server of indexes, and a proxy that answers in the place of every host, if it accepts connections.

    Parameters
    ----------
    indexes : mapping of str to mapping of str to Path
        Under the path of each index its projects, each with its wheel.
    authority : Authority, optional
        Without one the proxy refuses: nothing outside is in reach.
    """

    daemon_threads = True

    def __init__(self, indexes: dict[str, Folder], authority: Authority | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.indexes = indexes
        self.authority = authority
        self.tunnels: list[str] = []
        self.paths: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(indexes: dict[str, Folder], authority: Authority | None = None):
    with StandIn(indexes, authority) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StandIn

    def do_CONNECT(self) -> None:
        host = self.path.rpartition(":")[0]
        self.server.tunnels.append(host)
        if self.server.authority is None:
            self.send_error(403)
            return
        context = self.server.authority.context_for(host)
        self.send_response(200)
        self.end_headers()
        self.rfile.close()
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        body = self._body(unquote(self.path))
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Type", "application/octet-stream" if self.path.endswith(".whl") else "text/html")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body or b"")

    do_HEAD = do_GET  # noqa: N815 - http.server's name

    def _body(self, path: str) -> bytes | None:
        found = re.fullmatch(r"(/.+)/([a-z]+)/([^/]*)", path)
        wheel = self.server.indexes.get(found[1], {}).get(found[2]) if found else None
        if found is None or wheel is None:
            return None
        if found[3] == "":
            return f'<!DOCTYPE html><html><body><a href="{wheel.name}">{wheel.name}</a></body></html>'.encode()
        return wheel.read_bytes() if found[3] == wheel.name else None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        pass
