"""Every message has its words, and every blank in them is filled."""

import json
import string
from dataclasses import FrozenInstanceError

import pytest

from backend.outcomes import outcome_for_browser
from charts.words import ENGLISH, Plural, name_kind, say
from trajectories import KINDS, parse_link, simulate
from trajectories.message import KEYS, Message


def forms(key):
    sentence = ENGLISH[key]
    return [sentence.one, sentence.other] if isinstance(sentence, Plural) else [sentence]


def test_the_catalogue_has_every_key_and_no_other():
    assert set(ENGLISH) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_the_blanks_of_a_sentence_are_the_arguments_of_its_key(key):
    for form in forms(key):
        blanks = [blank for _, blank, _, _ in string.Formatter().parse(form) if blank is not None]
        assert sorted(blanks) == sorted(KEYS[key])
        assert form[-1] not in ".!? "


def test_every_kind_has_a_name_of_its_own():
    assert len({name_kind(kind) for kind in KINDS}) == len(KINDS)


def test_a_number_is_written_in_full_and_one_step_is_singular():
    rests = Message("advice.value_rests", name="lr", value=1e-7, step=200)
    assert say(rests) == "with lr 1e-7 it ends in a local minimum, reached at step 200"
    enough = Message("advice.steps_enough", steps=68, step=61, total=150)
    assert say(enough) == "it arrives at step 61, so 68 steps would be enough instead of 150"
    assert say(Message("outcome.still_moving", steps=1)) == "still moving after 1 step"
    assert say(Message("outcome.still_moving", steps=2)) == "still moving after 2 steps"
    assert say(None) == ""


def test_equal_messages_are_one_key_and_frozen():
    message = Message("advice.steps_reach", step=90, steps=300)
    assert message == Message("advice.steps_reach", steps=300, step=90)
    assert len({message, Message("advice.steps_reach", steps=300, step=90)}) == 1
    with pytest.raises(FrozenInstanceError):
        message.key = "advice.no_minimum"


def test_a_message_must_have_a_known_key_and_its_arguments():
    with pytest.raises(ValueError, match=r'No message has the key "outcome\.lost"'):
        Message("outcome.lost")
    with pytest.raises(ValueError, match=r"outcome\.saddle takes \['step'\]: got \['steps'\]"):
        Message("outcome.saddle", steps=3)


def test_the_browser_gets_an_outcome_as_id_message_and_sentence():
    (walk,) = simulate(parse_link("surface=rosenbrock&steps=1&run=sgd:lr=1e-6")[0])
    assert json.loads(outcome_for_browser(walk.outcome).model_dump_json()) == {
        "kind": "still_moving",
        "step": 1,
        "sentence": "still moving after 1 step",
        "message": {"key": "outcome.still_moving", "arguments": {"steps": 1}},
        "spread": None,
    }
