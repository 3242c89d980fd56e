"""Input that our pages do not send: messages and links, invalid ones and valid ones with extreme values."""

import json
from copy import deepcopy
from typing import Any
from urllib.parse import quote

from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg

from backend.messages import MAX_ID, SLOTS, VERSION
from backend.reading import MAX_CHARACTERS
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.stream_client import SHORT, cancellation
from trajectories import MAX_BATCH, MAX_NOISE, MAX_RUNS, MAX_SEED

WORDS = ["surface", "start", "steps", "noise", "seed", "runs", "run", "id", "scenario", "inside", "cancel", "optimizer"]
WORDS += ["kind", "version", "slot", "live", "walk", "batch"]
WORDS += [
    "values",
    "lr",
    "beta1",
    "hump",
    "cars_raw",
    "adam",
    "sgd",
    "lesson",
    "present",
    "embed",
    "__proto__",
    "constructor",
]
NUMBERS = st.sampled_from([0, -0.0, -1, 1e308, 1e-320, 2**31, 2**64, 10**400, 0.1 + 0.2]) | st.integers() | st.floats()
STRANGE = ["\x00", "\ud800", "\u202e", "NaN", "<script>alert(1)</script>", "../" * 9, "${7*7}"]
ODD = st.text(max_size=20) | st.sampled_from(STRANGE)
JUNK = st.recursive(
    st.none() | st.booleans() | NUMBERS | ODD,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS) | ODD, inner, max_size=4),
    max_leaves=10,
)


@st.composite
def spoiled(draw):
    """A message that was good, with a part replaced, left out or added."""
    message: dict[str, Any] = {
        "kind": draw(st.sampled_from(["walk", "walk", "cancel", "examples", "batches"])),
        "version": VERSION,
        "slot": draw(st.sampled_from(SLOTS)),
        "id": draw(st.integers(0, 99) | NUMBERS),
        "scenario": deepcopy(SHORT),
        "inside": draw(st.none() | NUMBERS),
        "live": draw(st.booleans()),
    }
    places = [message, message["scenario"], *message["scenario"]["runs"]]
    for _ in range(draw(st.integers(0, 3))):
        draw(st.sampled_from(places))[draw(st.sampled_from(WORDS) | ODD)] = draw(JUNK)
    return message


@st.composite
def extreme(draw):
    """A message that is good, and goes as far as any may."""
    runs = []
    for _ in range(draw(st.integers(1, MAX_RUNS))):
        spec = draw(st.sampled_from(list(OPTIMIZERS.values())))
        chosen = draw(st.sets(st.sampled_from([h.name for h in spec.hyperparameters])))
        ends = {h.name: draw(st.sampled_from([h.low, h.high])) for h in spec.hyperparameters if h.name in chosen}
        runs.append({"optimizer": spec.key, "values": ends})
    surface = draw(st.sampled_from(list(SURFACES)))
    scenario = {
        "surface": surface,
        "start": [draw(st.floats(allow_nan=False, allow_infinity=False)) for _ in "xy"],
        "steps": draw(st.sampled_from([1, 7, 8, 9, 50, 300])),
        "batch": draw(st.sampled_from([0, 1, MAX_BATCH])) if SURFACES[surface].family == "data" else 0,
        "noise": draw(st.sampled_from([0, MAX_NOISE])),
        "seed": draw(st.sampled_from([0, MAX_SEED])),
        "runs": runs,
    }
    return {
        "kind": "walk",
        "version": VERSION,
        "slot": draw(st.sampled_from(SLOTS)),
        "id": draw(st.integers(0, MAX_ID)),
        "scenario": scenario,
        "inside": draw(st.none() | st.integers(0, len(runs) - 1)),
        "live": draw(st.booleans()),
    }


def as_text(value):
    return json.dumps(value).encode("utf-8", "replace").decode()


HOSTILE = st.one_of(
    spoiled().map(as_text),
    st.sampled_from(SLOTS).map(cancellation),
    extreme().map(as_text),
    JUNK.map(as_text),
    st.text().map(lambda text: text.encode("utf-8", "replace").decode()),
    st.binary(max_size=200),
    st.integers(1, 3).map(lambda times: "x" * (MAX_CHARACTERS * times)),
    st.integers(1, 8000).map(lambda depth: "[" * depth + "]" * depth),
    spoiled().map(as_text).flatmap(lambda text: st.integers(0, len(text)).map(lambda cut: text[:cut])),
)
PART = st.sampled_from(WORDS) | ODD.map(lambda text: quote(text.encode("utf-8", "replace")))
VALUE = PART | NUMBERS.map(str) | st.lists(NUMBERS.map(str) | PART, max_size=4).map(",".join)
VALUE |= st.builds("{}:{}={}".format, st.sampled_from(["adam", "sgd", "nobody"]), PART, VALUE)
BROKEN = st.lists(st.builds("{}={}".format, PART, VALUE) | PART | st.text("%&=?#+;:,", max_size=6), max_size=8)


WISHES = st.fixed_dictionaries(
    {},
    optional={
        "query_string": BROKEN.map(lambda parts: "&".join(parts).encode("utf-8", "replace").decode()),
        "page_script_hash": st.text("0123456789abcdef", max_size=32),
        "page_name": PART,
        "fragment_id": PART,
        "is_auto_rerun": st.booleans(),
    },
)


@st.composite
def strange_runs(draw):
    """Messages that the page of Streamlit never sends: controls that do not exist, or with invalid values."""
    message = BackMsg()
    for name, value in draw(WISHES).items():
        setattr(message.rerun_script, name, value)
    for number in draw(st.lists(PART, max_size=3)):
        control = message.rerun_script.widget_states.widgets.add(id=number)
        kind = draw(st.sampled_from(["json_value", "json_trigger_value", "string_value", "int_value", "bytes_value"]))
        value = draw(
            {"int_value": st.integers(-(2**53), 2**53), "bytes_value": st.binary()}.get(kind, JUNK.map(as_text))
        )
        setattr(control, kind, value)
    return message.SerializeToString()


NONSENSE = st.binary(max_size=200) | st.text().map(lambda text: text.encode("utf-8", "replace").decode())
EDITS = JUNK | st.builds(
    lambda sequence, edit: {"sequence": sequence} | edit,
    NUMBERS,
    st.builds(dict, scenario=JUNK) | st.builds(dict, link=JUNK) | spoiled(),
)
