"""The environment is one record: what it may hold, and the sentence about what it may not."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from backend.settings import DEFAULTS, Settings, misspelled_variables, read_settings, variable
from backend.stream import stream_route
from backend.wiring import our_routes

ROOT = Path(__file__).parents[1]
NUMBERS = ["MR_ADAM_WORKERS", "MR_ADAM_SOCKETS_PER_ADDRESS", "MR_ADAM_QUEUE", "MR_ADAM_MESSAGES_PER_SECOND"]
FRAMES = (
    "MR_ADAM_FRAME_ANCESTORS must list 'self' or origins such as https://lms.example.org, separated by spaces: got "
)
ORIGINS = "MR_ADAM_ORIGINS must list origins such as https://lms.example.org, separated by commas: got "


def refusal(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=r"^[^\n]+\.$") as wrong:
        read_settings()
    assert wrong.value.__cause__ is None
    return str(wrong.value)


def test_without_variables_the_defaults_hold():
    assert read_settings() == DEFAULTS == Settings()


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["0", "-1", "many", "", "1.5", "1.0", " 4", "1_0", "+1", "²", "100001", "1" * 5000])
def test_an_invalid_number_is_refused_with_a_sentence(monkeypatch, name, value):
    pattern = rf"{name} must be a whole number from 1 to \d+: got '{re.escape(value)}'\."
    assert re.fullmatch(pattern, refusal(monkeypatch, name, value))


@pytest.mark.parametrize("value", ["foo", "friend.example", "https://", "https://a.example/path", "https://*.e", "*"])
def test_an_invalid_origin_is_refused_with_a_sentence(monkeypatch, value):
    sentence = refusal(monkeypatch, "MR_ADAM_ORIGINS", f"https://friend.example, {value}")
    assert sentence == f"{ORIGINS}{value!r}."


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("lms.example; script-src *", "lms.example;"),
        ("javascript:x", "javascript:x"),
        ("'self' 'unsafe-inline'", "'unsafe-inline'"),
        ("https://a/b", "https://a/b"),
        ('["https://a.example"]', '["https://a.example"]'),
    ],
)
def test_an_invalid_source_is_refused_with_a_sentence(monkeypatch, value, wrong):
    assert refusal(monkeypatch, "MR_ADAM_FRAME_ANCESTORS", value) == f"{FRAMES}{wrong!r}."


def test_a_token_that_is_too_short_is_refused_and_not_printed(monkeypatch):
    sentence = refusal(monkeypatch, "MR_ADAM_METRICS", "short")
    assert sentence == "MR_ADAM_METRICS must be a token of at least 16 characters: got 5."
    assert "long-enough-a-token" not in repr(Settings(metrics="long-enough-a-token"))


@pytest.mark.parametrize("value", ["loud", "", "info,debug"])
def test_an_invalid_level_is_refused_with_a_sentence(monkeypatch, value):
    sentence = refusal(monkeypatch, "MR_ADAM_LOG", value)
    assert sentence == f"MR_ADAM_LOG must be one of debug, info, warning, error: got {value!r}."


@pytest.mark.parametrize(
    ("name", "text", "field", "value"),
    [
        ("MR_ADAM_WORKERS", "2", "workers", 2),
        ("MR_ADAM_ORIGINS", "https://A.org/, ,http://b.org:8443,", "origins", {"https://a.org", "http://b.org:8443"}),
        ("MR_ADAM_ORIGINS", "", "origins", frozenset()),
        ("MR_ADAM_FRAME_ANCESTORS", " 'self'  https://*.a.org:8443 ", "frame_ancestors", "'self' https://*.a.org:8443"),
        ("MR_ADAM_FRAME_ANCESTORS", "http://localhost:*", "frame_ancestors", "http://localhost:*"),
        ("MR_ADAM_FRAME_ANCESTORS", "", "frame_ancestors", "'none'"),
        ("MR_ADAM_LOG", "WARNING", "log", "warning"),
        ("MR_ADAM_MINE", "", "mine", None),
        ("MR_ADAM_MINE", str(ROOT / "docs"), "mine", ROOT / "docs"),
        ("MR_ADAM_MINE_PAGE", "Everyone", "mine_page", "everyone"),
    ],
)
def test_a_variable_sets_its_field_and_no_other(monkeypatch, name, text, field, value):
    monkeypatch.setenv(name, text)
    settings = read_settings()
    assert getattr(settings, field) == value
    assert settings.model_copy(update={field: getattr(DEFAULTS, field)}) == DEFAULTS


def test_the_record_is_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        DEFAULTS.workers = 3


def test_only_read_settings_reads_the_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.setenv(variable(name), "what nothing may be;")
    stream_route()
    our_routes("", DEFAULTS)


def test_a_misspelled_variable_is_found_and_a_neighbor_of_the_same_prefix_is_not():
    found = misspelled_variables(
        [*map(variable, Settings.model_fields), "MR_ADAM_ORIGIN", "mr_adam_workers", "MR_ADAM_PORT_8501"]
    )
    assert found == [("MR_ADAM_ORIGIN", "MR_ADAM_ORIGINS")]


def test_a_folder_that_does_not_exist_is_refused_with_a_sentence(monkeypatch):
    assert refusal(monkeypatch, "MR_ADAM_MINE", "/no/folder") == (
        "MR_ADAM_MINE must be the path of a folder: got '/no/folder'."
    )


@pytest.mark.parametrize("place", ["README.md", "docs/operations.md", "compose.yaml"])
def test_every_variable_is_documented_and_passed_on(place):
    named = set(re.findall(r"MR_ADAM_[A-Z_]+", (ROOT / place).read_text(encoding="utf-8")))
    assert named == {variable(name) for name in Settings.model_fields}
