"""The files of the deployment fit the app: the lock file and the manifests of Kubernetes."""

import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "constraints"
KUBERNETES = ROOT / "deploy" / "kubernetes"
PIN = re.compile(r"^([a-z0-9-]+)==([^ ;]+)", re.MULTILINE)


def requirements(name: str) -> list[Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if re.match("[a-z]", line)]


def locked(name: str) -> dict[str, set[str]]:
    """Every package of a lock file, in each of its versions: one or two, for older Pythons and newer ones."""
    pins: dict[str, set[str]] = {}
    for package, version in PIN.findall((LOCK / name).read_text(encoding="utf-8")):
        pins.setdefault(package, set()).add(version)
    return pins


def test_locked_versions_satisfy_the_requirements() -> None:
    pins = locked("image.txt") | locked("torch.txt")
    for wanted in requirements("requirements.txt"):
        assert pins.get(wanted.name), f"{wanted.name} is not locked: run `make lock`"
        for version in pins[wanted.name]:
            assert version in wanted.specifier, f"{wanted} is locked at {version}: run `make lock`"


def test_image_and_lock_use_the_same_uv() -> None:
    (wanted,) = (wanted for wanted in requirements("requirements-dev.txt") if wanted.name == "uv")
    assert all(version in wanted.specifier for version in locked("uv.txt")["uv"])


@pytest.mark.parametrize("name", ["image.txt", "uv.txt"])
def test_every_locked_file_has_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=[a-z])", (LOCK / name).read_text(encoding="utf-8"))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_lock_of_torch_fits_every_index() -> None:
    """Its builds differ from index to index: one version, no hash, and nothing that only builds for a GPU need."""
    assert list(locked("torch.txt")) == ["torch"]
    assert not [package for package in locked("image.txt") if re.match("cuda|nvidia|torch|triton", package)]


def manifests() -> dict[str, dict[str, Any]]:
    """What the kustomization takes in, by kind."""
    wanted = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
    assert {path.name for path in KUBERNETES.glob("*.yaml")} == {"kustomization.yaml", *wanted}
    documents = [yaml.safe_load((KUBERNETES / name).read_text(encoding="utf-8")) for name in wanted]
    return {document["kind"]: document for document in documents}


@pytest.mark.parametrize("kind", manifests())
def test_kubernetes_accepts_every_field(kind: str) -> None:
    kubernetes_validate.validate(manifests()[kind], "1.37", strict=True)


def test_the_manifests_refer_to_each_other() -> None:
    of = manifests()
    pod = of["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"]
    assert of["Deployment"]["spec"]["selector"]["matchLabels"] == of["Service"]["spec"]["selector"] == labels
    assert of["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    assert of["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"] == of["Deployment"]["metadata"]["name"]
    (port,) = pod["spec"]["containers"][0]["ports"]
    assert of["Service"]["spec"]["ports"][0]["targetPort"] == port["name"]
    backend = of["Ingress"]["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend == {
        "name": of["Service"]["metadata"]["name"],
        "port": {"name": of["Service"]["spec"]["ports"][0]["name"]},
    }


def test_the_pod_is_restricted_like_the_container_that_is_tested() -> None:
    pod = manifests()["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert container["resources"]["limits"] == {"cpu": "2", "memory": "1Gi"}
    user = re.search(r"^USER (\d+):(\d+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert user is not None
    assert (pod["securityContext"]["runAsUser"], pod["securityContext"]["runAsGroup"]) == (int(user[1]), int(user[2]))
