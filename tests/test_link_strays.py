"""Parts of addresses that other programs add: stray percent signs, escaped separators, tracking names, pluses."""

from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.visit import describes_scenario
from tests.hostile import BROKEN
from tests.test_pages import open_page
from trajectories import Scenario, format_link, parse_link
from trajectories.link import MOST_SENTENCES
from trajectories.link_table import KEYS, LINK, TRACKING

GOOD = parse_link("surface=hump&start=1,2&steps=7&run=sgd:lr=0.5")[0]
ESCAPES = ("&amp;", "&AMP;", "&#38;", "&#038;", "&#x26;", "&#X26;", "&amp;amp;", "&amp%3B")


@pytest.mark.parametrize("stray", ["x=100%", "100%", "%", "%=%", "%zz=1", "%f0%28=1"])
def test_a_stray_percent_sign_gives_one_sentence_and_changes_nothing(stray):
    for query in (f"{format_link(GOOD)}&{stray}", f"?{stray}&{format_link(GOOD)}"):
        scenario, sentences = parse_link(query)
        assert (scenario, len(sentences)) == (GOOD, 1)


@pytest.mark.parametrize("part", ["noise=5%", "seed=%", "steps=50%25", "start=1,2%", "surface=hump%", "run=adam%"])
def test_a_percent_sign_in_a_value_invalidates_only_that_value(part):
    key = part.partition("=")[0]
    others = "&".join(other for other in format_link(GOOD).split("&") if not other.startswith(f"{key}="))
    scenario, sentences = parse_link(f"{others}&{part}")
    assert len(sentences) == 1
    assert "%" in sentences[0]
    own = {"run": "runs"}.get(key, key)
    assert scenario.model_dump(exclude={own}) == GOOD.model_dump(exclude={own})


@pytest.mark.parametrize("escape", ESCAPES)
def test_an_escaped_separator_is_a_separator(escape):
    link = format_link(GOOD).replace("&", escape)
    assert parse_link(link) == (GOOD, [])
    assert parse_link(link + escape) == (GOOD, [])
    assert describes_scenario(f"lesson=hump{escape}steps=7")


@pytest.mark.parametrize("name", [name.replace("*", "source") for name in TRACKING])
def test_tracking_names_are_ignored_without_a_sentence(name):
    for spelled in (name, name.upper(), f"amp;{name}"):
        assert parse_link(f"{spelled}=x%y&{format_link(GOOD)}&{spelled}") == (GOOD, [])


def test_no_name_of_ours_is_taken_for_tracking():
    assert not [name for name in (*KEYS, *LINK.others) if parse_link(f"{name}=?")[1] == [] and name in KEYS]
    assert parse_link("utm=1")[1] != []


@pytest.mark.parametrize("number", ["1e21", "1e+21", "1e 21", "1e%2B21", "1e%2b21", "1E+21", "+1e+21", "%2B1e21"])
def test_a_plus_in_an_exponent_is_read(number):
    scenario, sentences = parse_link(f"surface=hump&start={number},-{number.lstrip('+').removeprefix('%2B')}")
    assert (scenario.start, sentences) == ((1e21, -1e21), [])
    run, sentences = parse_link(f"run=adam:lr={number.replace('21', '0')}")
    assert (run.runs[0].values["lr"], sentences) == (1.0, [])


@pytest.mark.parametrize("number", ["1e21", "1e+21", "1e 21"])
def test_a_plus_is_read_after_streamlit_has_decoded_the_address(number):
    """Streamlit decodes the address, and the page encodes it again."""
    link = urlencode([("surface", "hump"), ("start", f"{number},0")])
    assert parse_link(link)[0].start == (1e21, 0.0)


@given(BROKEN.map("&".join) | st.text(max_size=200) | st.text("%&;=?#+:,.aemp0123456789", max_size=60))
def test_any_text_gives_a_scenario_and_each_part_at_most_one_sentence(text):
    scenario, sentences = parse_link(text)
    assert isinstance(scenario, Scenario)
    assert parse_link(format_link(scenario)) == (scenario, [])
    assert len(sentences) <= MOST_SENTENCES + 1
    assert len(sentences) <= len([mark for mark in text if mark in "&,"]) + 1
    assert all("\n" not in sentence and sentence.endswith((".", "?")) for sentence in sentences)


@given(st.sampled_from(KEYS), st.text().filter(lambda text: not set(text) & set("&,")))
def test_any_text_as_a_value_gives_at_most_one_sentence(key, value):
    assert len(parse_link(f"{key}={value}")[1]) <= 1


@pytest.mark.parametrize("escape", ["", "amp;"])
def test_the_page_reads_an_escaped_address_as_the_address(escape):
    app = open_page(f"surface=hump&{escape}run=sgd&{escape}inside=1&{escape}utm_source=mail&{escape}x=100%")
    assert not app.exception
    assert len(app.warning) == 1
    assert app.warning[0].value.count("\n- ") == 0
