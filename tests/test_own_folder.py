"""The page about the folder: who may see it, and what it says; and the settings and the start of the container."""

import runpy
import sys
from pathlib import Path

import pytest

from components import own_folder as page
from components.own_folder import is_allowed, page_title
from mine import mounted
from surfaces import SURFACES
from tests.own_files import GOOD, own
from tests.test_pages import open_lesson, open_page

ROOT = Path(__file__).parents[1]
LOCAL = {"Host": "localhost:8501"}


@pytest.mark.parametrize(
    ("setting", "headers", "address", "allowed"),
    [
        ("local", LOCAL, None, True),
        ("local", {"Host": "127.0.0.1:8501"}, None, True),
        ("local", {"host": "[::1]:8501"}, None, True),
        ("local", {"Host": "[::1]"}, None, True),
        ("local", {"Host": "localhost"}, None, True),
        ("local", LOCAL, "192.0.2.7", False),
        ("local", {"Host": "class.example.org"}, None, False),
        ("local", {"Host": "localhost.example.org"}, None, False),
        ("local", {}, None, False),
        ("local", LOCAL | {"X-Forwarded-For": "192.0.2.7"}, None, False),
        ("local", LOCAL | {"x-real-ip": "192.0.2.7"}, None, False),
        ("local", LOCAL | {"Forwarded": "for=192.0.2.7"}, None, False),
        ("everyone", {"Host": "class.example.org"}, "192.0.2.7", True),
        ("nobody", LOCAL, None, False),
    ],
)
def test_only_whoever_runs_the_server_may_see_the_page(setting, headers, address, allowed):
    assert is_allowed(setting, headers, address) is allowed


FAULTY = GOOD | {"lessons/bad.md": "Dear *reader* <b>", "surfaces/hump.py": "1 / 0"}


def test_the_page_names_every_fault_and_what_is_served(tmp_path, monkeypatch):
    monkeypatch.setenv("MR_ADAM_MINE_PAGE", "everyone")
    with own(tmp_path, FAULTY):
        app = open_page(page="own_folder.py")
        assert not app.exception
        assert [title.value for title in app.title] == [page.TITLE]
        assert [error.value.split("**")[1] for error in app.error] == ["lessons/bad.md", "surfaces/hump.py"]
        assert "\\*reader\\*" in app.error[0].value
        served = "\n".join(text.value for text in app.markdown)
        assert all(name.split(".")[0] in served for name in GOOD)
        assert page_title(mounted()) == "Your folder (2 left out)"


@pytest.mark.parametrize("setting", ["local", "nobody"])
def test_for_all_others_there_is_no_such_page(tmp_path, monkeypatch, setting):
    """The test's browser has no Host header, so it is not known to be local."""
    monkeypatch.setenv("MR_ADAM_MINE_PAGE", setting)
    with own(tmp_path, FAULTY):
        assert not page.may_see()
        with pytest.raises(ValueError, match="own_folder"):
            open_page(page="own_folder.py")


def test_without_a_folder_there_is_no_such_page(monkeypatch):
    monkeypatch.setenv("MR_ADAM_MINE_PAGE", "everyone")
    assert not page.may_see()


def test_pages_show_what_is_in_the_folder(tmp_path):
    with own(tmp_path, FAULTY):
        app = open_page("surface=soup_bowl&run=rprop:lr=0.1")
        assert not app.exception
        assert not app.warning
        assert app.title[0].value == SURFACES["soup_bowl"].label
        lesson = open_lesson("lesson=down_the_bowl")
        assert not lesson.exception
        assert not lesson.warning
        assert [header.value for header in lesson.header] == ["What a bowl is"]
        assert not any("Mr. Adam Who" in text.value for text in lesson.markdown), "it does not cite the paper"


def test_a_link_to_a_lesson_of_another_server_is_one_sentence():
    app = open_lesson("lesson=down_the_bowl_of_soup")
    (note,) = app.warning
    assert note.value.startswith('No lesson "down_the_bowl_of_soup" on this server; another server may have added it.')


def test_the_lesson_button_shows_the_file(tmp_path):
    app = open_page("surface=hump&steps=60&run=sgd:lr=0.05")
    app.button(key="lesson-file").click().run()
    assert not app.exception
    (code,) = app.code
    assert code.value.startswith("+++")


def start():
    return runpy.run_path(str(ROOT / "deploy" / "image" / "start.py"))["command"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], [sys.executable, "-m", "streamlit", "run", "app.py"]),
        (["check"], [sys.executable, "-m", "mine", "check", "/mine"]),
        (["check", "/other"], [sys.executable, "-m", "mine", "check", "/other"]),
        (["python", "-V"], ["python", "-V"]),
    ],
)
def test_the_words_after_docker_run_choose_what_is_started(words, wanted, monkeypatch):
    monkeypatch.delenv("MR_ADAM_MINE", raising=False)
    assert start()(words) == wanted


def test_the_image_starts_with_it_and_has_an_empty_folder():
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["python", "/app/deploy/image/start.py"]' in text
    assert "MR_ADAM_MINE=/mine" in text
    assert "RUN mkdir /mine" in text
    assert "!mine" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
