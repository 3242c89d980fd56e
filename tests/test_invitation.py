"""The code of an address: made for addresses of this server, refused with a sentence for all else."""

from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from backend.invitation import LONGEST_ADDRESS, draw_code, invitation_route

HERE = "http://192.168.1.20:8501"


def request(address, base="", host="192.168.1.20:8501"):
    client = TestClient(Starlette(routes=[invitation_route(base)]))
    path = f"{base and '/' + base.strip('/')}/api/code.svg"
    return client.get(f"{path}?of={quote(address, safe='')}", headers={"Host": host})


@pytest.mark.parametrize("base", ["", "/adam/"])
@pytest.mark.parametrize("rest", ["", "/", "/lessons?lesson=hump", "/?surface=hump&run=adam:lr=0.3", "/?" + "x" * 900])
def test_an_address_of_ours_becomes_a_picture(base, rest):
    answer = request(HERE + rest, base)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    picture = ET.fromstring(answer.content)
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert "width" not in picture.attrib, "as large as its frame"
    assert request(HERE + rest, base).content == draw_code(HERE + rest)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("", "A code holds an address of this server: this is one of another server."),
        ("http://elsewhere.example/", "A code holds an address of this server: this is one of another server."),
        ("http://192.168.1.20:8502/", "A code holds an address of this server: this is one of another server."),
        (
            "http://192.168.1.20:8501@elsewhere.example/",
            "A code holds an address of this server: this is one of another server.",
        ),
        ("javascript:alert(1)", "A code holds an address of this server: this is one of another server."),
        ("http://[", "A code holds an address of this server: this is not an address."),
        (
            HERE + "/" + "x" * LONGEST_ADDRESS,
            f"A code holds an address of at most {LONGEST_ADDRESS} characters: got 1025.",
        ),
    ],
)
def test_any_other_is_refused_with_a_sentence(address, sentence):
    answer = request(address)
    assert (answer.status_code, answer.text) == (400, sentence)
    assert answer.headers["cache-control"] == "no-store"


def test_names_are_the_same_in_any_letters():
    assert request("HTTP://Adam.Example/", host="adam.example").status_code == 200


def test_a_request_without_a_host_gets_no_address():
    assert request("http:///", host="").status_code == 400
