"""The font of the formulas: cut down, and still with all that a browser needs to set one."""

import json
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from charts.formula import rules_payload
from charts.math_font import CHARACTERS, characters, larger_forms, math_font, read_tables
from optimizers import OPTIMIZERS

SMALL = 200_000  # bytes; the whole font has 1.5 million


def outlined(tables: dict[bytes, bytes]) -> set[int]:
    places = struct.unpack(f">{len(tables[b'loca']) // 4}I", tables[b"loca"])
    return {glyph for glyph, (first, last) in enumerate(pairwise(places)) if first < last}


def texts(tree: Any) -> Iterator[str]:
    """Everything that a formula's letters and numbers are written with."""
    if isinstance(tree, dict):
        for value in tree.values():
            yield from texts(value)
    elif isinstance(tree, list):
        for part in tree:
            yield from texts(part)
    elif isinstance(tree, str):
        yield tree


def test_the_font_is_small_and_has_a_math_table() -> None:
    font = math_font()
    tables = read_tables(font)
    assert {b"MATH", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name"} <= set(tables)
    assert len(font) < SMALL
    assert (
        "Open Font License" in tables[b"name"].decode("utf-16-be", errors="ignore") or b"Open Font" in tables[b"name"]
    )


def test_every_table_has_its_checksum_and_ends_inside_the_file() -> None:
    font = math_font()
    (count,) = struct.unpack_from(">H", font, 4)
    for place in range(count):
        name, total, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * place)
        assert offset % 4 == 0
        assert offset + length <= len(font)
        padded = font[offset : offset + length] + bytes(-length % 4)
        assert sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF == total, name


def test_every_letter_of_every_rule_has_an_outline() -> None:
    tables = read_tables(math_font())
    by_character, drawn = characters(tables[b"cmap"]), outlined(tables)
    rules = json.loads(rules_payload())
    assert set(rules) == set(OPTIMIZERS)
    letters = set()
    for rule in rules.values():
        for line in rule["lines"]:
            letters |= {character for text in texts([line["letter"], line["formula"]]) for character in text}
    blank = [letter for letter in letters - {" "} if by_character.get(ord(letter)) not in drawn]
    assert not blank, blank
    # A single letter is drawn in italics: a separate character.
    italic = {0x210E if small == "h" else 0x1D44E + ord(small) - ord("a") for small in "abcdefghijklmnopqrstuvwxyz"}
    assert italic <= CHARACTERS
    assert {by_character[code] for code in italic} <= drawn


def test_a_root_has_its_higher_forms() -> None:
    tables = read_tables(math_font())
    root = characters(tables[b"cmap"])[ord("√")]
    forms = set(larger_forms(tables[b"MATH"], [root]))
    assert forms
    assert forms <= outlined(tables)
