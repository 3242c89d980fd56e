"""What `make run` installs: which build of torch, from which index, and what happens if that index is out of reach.

The rule of the Makefile runs unchanged, with the real pip and the real uv, in an environment of its own. Both see only
indexes on this machine; a proxy answers or refuses every request to another host.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import distribution, version
from pathlib import Path

import pytest

from tests.stand_in_index import Authority, make_wheel, serving

ROOT = Path(__file__).parents[1]
INSTEAD = "torch could not be installed from PyTorch's own index (see .venv/torch.log). pip installs it from the "
pytestmark = pytest.mark.slow


def packages_of(venv: Path) -> Path:
    return Path(sysconfig.get_path("purelib", "venv", {"base": str(venv), "platbase": str(venv)}))


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """An environment with pip in it, to be copied. Linked, not installed: `ensurepip` takes seconds."""
    venv = tmp_path_factory.mktemp("environment") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    ours = Path(sysconfig.get_path("purelib"))
    for name in ("pip", f"pip-{version('pip')}.dist-info"):
        (packages_of(venv) / name).symlink_to(ours / name)
    return venv


def give_uv(venv: Path) -> None:
    """Link uv into the environment, as after a first `make run`: it cannot be downloaded here."""
    ours, theirs = Path(sysconfig.get_path("purelib")), packages_of(venv)
    for file in distribution("uv").files or ():
        place = theirs / os.path.relpath(file.locate(), ours)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(file.locate())


@pytest.fixture
def checkout(tmp_path, environment):
    """A checkout whose app depends on torch and on one more package, on which torch depends too."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("Makefile", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (wanted,) = (line for line in lines if line.startswith("torch"))
    (folder / "requirements.txt").write_text(f"companion\n{wanted}\n", encoding="utf-8")
    shutil.copytree(environment, folder / ".venv", symlinks=True)
    give_uv(folder / ".venv")
    return folder


@pytest.fixture
def indexes(tmp_path):
    """Three indexes with different builds of torch: pip's, the one for CPUs, and one that a variable names."""
    lock = (ROOT / "constraints" / "torch.txt").read_text(encoding="utf-8")
    version = re.search(r"^torch==(\S+)", lock, re.MULTILINE)[1]
    torch = {
        build: make_wheel(tmp_path / "wheels" / build, "torch", version + build, needs="companion")
        for build in ("", "+cpu", "+named")
    }
    companion = make_wheel(tmp_path / "wheels", "companion", "1.0")
    return {
        "/pip": {"torch": torch[""], "companion": companion},
        "/whl/cpu": {"torch": torch["+cpu"]},
        "/named": {"torch": torch["+named"]},
    }


@pytest.fixture
def authority(tmp_path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate of the index that stands in for PyTorch's")
    (tmp_path / "authority").mkdir()
    return Authority(tmp_path / "authority")


def install(checkout, server, *variables):
    """Let `make` install; returns its output and the builds that are installed then."""
    completed = subprocess.run(
        ["make", ".venv/run.stamp", f"PYTHON={sys.executable}", *variables],
        cwd=checkout,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(checkout),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": f"{server.address}/pip",
            "PIP_NO_CACHE_DIR": "1",
            "UV_CACHE_DIR": str(checkout / "cache"),
            "UV_NO_CONFIG": "1",
            "SSL_CERT_FILE": str(server.authority.certificate if server.authority else os.devnull),
            "ALL_PROXY": server.address,
            "HTTPS_PROXY": server.address,
            "HTTP_PROXY": server.address,
            "NO_PROXY": "127.0.0.1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    assert completed.stderr == ""
    packages = packages_of(checkout / ".venv")
    return completed.stdout, {name: next(packages.glob(f"{name}-*.dist-info")).name for name in ("torch", "companion")}


def build_of(installed):
    return re.fullmatch(r"torch-[0-9.]+[0-9](\+[a-z]+)?\.dist-info", installed["torch"])[1]


def test_torch_alone_is_pytorchs_build_for_cpus_and_all_else_is_from_pips_index(checkout, indexes, authority):
    with serving(indexes, authority) as server:
        output, installed = install(checkout, server, "TORCH_BACKEND=cpu")
    assert build_of(installed) == "+cpu"
    assert INSTEAD not in output
    assert {path.rpartition("/")[0] for path in server.paths} == {"/whl/cpu/torch", "/pip/companion"}
    assert len(set(server.tunnels)) == 1
    (checkout / ".venv" / "run.stamp").unlink()
    with serving(indexes) as server:
        output, installed = install(checkout, server, "TORCH_BACKEND=cpu")
    assert build_of(installed) == "+cpu"
    assert (INSTEAD in output, server.paths, server.tunnels) == (False, [], []), (
        "what is installed is not fetched again"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere pip's own index has the build for CPUs")
def test_on_linux_the_build_for_cpus_is_the_default(checkout, indexes, authority):
    with serving(indexes, authority) as server:
        _, installed = install(checkout, server)
    assert build_of(installed) == "+cpu"


@pytest.mark.parametrize("where", ["out of reach", "without torch"])
def test_if_that_index_fails_pips_is_used_and_one_line_is_printed(checkout, indexes, request, where):
    del indexes["/whl/cpu"]
    authority = None if where == "out of reach" else request.getfixturevalue("authority")
    with serving(indexes, authority) as server:
        output, installed = install(checkout, server, "TORCH_BACKEND=cpu")
    assert server.tunnels
    assert build_of(installed) is None
    assert [line.startswith(INSTEAD) for line in output.splitlines()].count(True) == 1
    assert (checkout / ".venv" / "torch.log").read_text(encoding="utf-8")


def test_without_uv_pips_index_is_used_as_well(checkout, indexes):
    shutil.rmtree(packages_of(checkout / ".venv") / "uv")
    shutil.rmtree(next(packages_of(checkout / ".venv").glob("uv-*.dist-info")))
    with serving(indexes) as server:
        output, installed = install(checkout, server, "TORCH_BACKEND=cpu")
    assert build_of(installed) is None
    assert INSTEAD in output


@pytest.mark.parametrize(("variable", "build"), [("TORCH_INDEX_URL={}/named", "+named"), ("TORCH_BACKEND=pip", None)])
def test_a_named_index_or_pip_is_used(checkout, indexes, variable, build):
    with serving(indexes) as server:
        output, installed = install(checkout, server, variable.format(server.address))
    assert build_of(installed) == build
    assert INSTEAD not in output
    assert server.tunnels == []


# What checks the browser's modules ------------------------------------------------------------------


@pytest.fixture
def tools(tmp_path):
    """A checkout whose environment is ready, with an npm that only records its arguments."""
    folder = tmp_path / "tools"
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name in ("Makefile", "package.json", "package-lock.json", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, folder)
    npm = folder / ".venv" / "bin" / "npm"
    npm.write_text('#!/bin/sh\necho "$@" >> calls.txt\nmkdir -p node_modules\n', encoding="utf-8")
    npm.chmod(0o755)
    for stamp in ("run.stamp", "dev.stamp"):
        (folder / ".venv" / stamp).touch()
    return folder


def npm_calls(folder):
    command = ["make", "node_modules/installed.stamp", f"PYTHON={sys.executable}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    calls = folder / "calls.txt"
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []


def test_npm_installs_by_the_lock_once_and_again_when_the_lock_changes(tools):
    assert [call.split()[0] for call in npm_calls(tools)] == ["ci"]
    assert len(npm_calls(tools)) == 1, "the stamp is newer than what it depends on"
    for calls, file in enumerate(("package-lock.json", "package.json"), start=2):
        before = (tools / file).stat()
        stamp = (tools / "node_modules" / "installed.stamp").stat().st_mtime_ns
        os.utime(tools / file, ns=(stamp + 1, stamp + 1))
        assert len(npm_calls(tools)) == calls
        os.utime(tools / file, ns=(before.st_mtime_ns, before.st_mtime_ns))


def test_an_installation_that_fails_leaves_no_stamp(tools):
    (tools / ".venv" / "bin" / "npm").write_text("#!/bin/sh\nmkdir -p node_modules\nexit 1\n", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        npm_calls(tools)
    assert not (tools / "node_modules" / "installed.stamp").exists()
