"""What a link offers and how it opens the stage: read by Python, written by the browser."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as some

from components.title import heading
from tests import node
from trajectories import EVERYTHING, USUAL, Offer, Opening, parse_link, parse_offer, parse_opening
from trajectories.link_table import LINK
from trajectories.offer import LOCKS, LONGEST_TITLE, PARTS, all_controls
from trajectories.opening import SCALES, SPEEDS

OLD = json.loads((Path(__file__).parent / "old_links.json").read_text(encoding="utf-8"))
SCENARIO = parse_link("surface=hump&steps=50&run=sgd&run=adam")[0]


@pytest.fixture(scope="module")
def js(tmp_path_factory: pytest.TempPathFactory) -> Iterator[node.Node]:
    running = node.Node(node.lay_out(tmp_path_factory.mktemp("modules")))
    yield running
    running.close()


def some_of(words: tuple[str, ...]) -> some.SearchStrategy[tuple[str, ...]]:
    return some.lists(some.sampled_from(words), unique=True).map(tuple)


OFFERS = some.builds(
    Offer,
    controls=some.none() | some_of(all_controls()),
    hide=some_of(PARTS),
    title=some.text(max_size=LONGEST_TITLE).map(lambda text: " ".join("".join(filter(str.isprintable, text)).split())),
    lock=some_of(LOCKS),
)
LOOKS = some.fixed_dictionaries(
    {
        "step": some.integers(0, 50),
        "playing": some.booleans(),
        "speed": some.sampled_from(SPEEDS),
        "scale": some.sampled_from(SCALES),
        "open": some_of((0, 1)),  # type: ignore[arg-type]
    }
)


@given(OFFERS)
def test_python_reads_the_offer_that_the_browser_writes(js: node.Node, offer: Offer) -> None:
    parts = dict(parse_qsl("&".join(js.call("offer", offer.model_dump(mode="json")))))
    assert set(parts) <= set(LINK.offer)
    assert parse_offer(parts.get) == (offer, [])


@given(LOOKS)
def test_python_reads_the_opening_that_the_browser_writes(js: node.Node, look: dict[str, object]) -> None:
    parts = dict(parse_qsl("&".join(js.call("opening", look))))
    assert set(parts) <= set(LINK.opening)
    opening, sentences = parse_opening(parts.get, SCENARIO)
    assert sentences == []
    assert opening.open == look["open"]
    assert (opening.speed or "1", opening.scale or "auto") == (look["speed"], look["scale"])
    step = None if look["playing"] or look["step"] == 0 else look["step"]
    assert opening.step == step
    assert opening.play == (None if look["playing"] or step is not None else False)


def test_both_languages_have_the_same_speeds(js: node.Node) -> None:
    assert tuple(js.call("speeds")) == SPEEDS


@pytest.mark.parametrize("link", [old["link"] for old in OLD])
def test_an_old_link_offers_everything(link: str) -> None:
    parts = dict(parse_qsl(link))
    assert parse_offer(parts.get) == (EVERYTHING, [])
    assert parse_opening(parts.get, parse_link(link)[0]) == (USUAL, [])


@pytest.mark.parametrize("name", [*LINK.offer, *LINK.opening])
def test_the_words_are_no_part_of_the_scenario(name: str) -> None:
    link = "surface=hump&steps=50&run=sgd&run=adam"
    assert parse_link(f"{link}&{name}=1") == (SCENARIO, [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("controls", "lrr"),
        ("hide", "everything"),
        ("lock", "lr"),
        ("title", "x" * (LONGEST_TITLE + 1)),
    ],
)
def test_a_word_that_is_not_known_gets_one_sentence_and_has_no_effect(name: str, text: str) -> None:
    offer, (sentence,) = parse_offer({name: text}.get)
    assert offer == EVERYTHING
    assert sentence.startswith(name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("step", "51"),
        ("step", "nan"),
        ("play", "yes"),
        ("speed", "3"),
        ("scale", "logg"),
        ("open", "3"),
    ],
)
def test_an_opening_that_cannot_be_used_gets_one_sentence_and_has_no_effect(name: str, text: str) -> None:
    opening, (sentence,) = parse_opening({name: text}.get, SCENARIO)
    assert opening == USUAL
    assert sentence.startswith(name)


def test_a_title_is_text() -> None:
    offer, _ = parse_offer({"title": "<img src=x onerror=alert(1)>\u202e\n**b**"}.get)
    assert "\u202e" not in offer.title
    assert heading(offer.title).count("<") == 2


def test_a_known_word_stays_beside_one_that_is_not() -> None:
    assert parse_offer({"controls": "lr,foo"}.get)[0].controls == ("lr",)
    assert parse_offer({"controls": "none"}.get)[0].controls == ()
    assert Opening() == USUAL
