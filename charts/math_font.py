"""The font of the formulas: STIX Two Math from the package ziamath, reduced to the characters of our formulas.

A browser needs a font's MATH table to place exponents and to draw roots. Android and a minimal Linux have no font with
such a table.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path

# MathML draws a single letter in italics, with a character of Unicode's block of mathematical letters.
_ITALIC_LETTERS = (*range(0x1D434, 0x1D468), 0x210E)
_ITALIC_GREEK = range(0x1D6E2, 0x1D71C)
_SIGNS = "−×·←∇∂∞√ϵˆ̂…"
CHARACTERS = frozenset(
    (*range(0x20, 0x7F), *range(0x391, 0x3CA), *_ITALIC_LETTERS, *_ITALIC_GREEK, *map(ord, _SIGNS), 0xA0)
)
"""The characters whose outlines the font keeps."""

# The tables that are kept; left out are those for other scripts, a signature, and features that formulas do not use.
_NEEDED = (b"MATH", b"OS/2", b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"name", b"post")
_HINTS = (b"cvt ", b"fpgm", b"prep")
# Flags of one component of a composite glyph.
_WIDE, _SCALED, _MORE, _SCALED_TWICE, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80


@cache
def math_font() -> bytes:
    """Make the font for the formulas, as a TrueType file.

    Returns
    -------
    bytes
        The file. All glyphs keep their numbers and widths; those that no formula needs have no outline.

    Raises
    ------
    ValueError
        If the package's font has another structure than this module expects, for example in a newer version.
    """
    package = distribution("ziamath")  # only its file is read: importing its code takes longer than this function
    font = Path(str(package.locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf"))).read_bytes()
    tables = read_tables(font)
    missing = [name.decode() for name in _NEEDED if name not in tables]
    if missing:
        raise ValueError(f"The font of ziamath {package.version} has no table {', '.join(missing)}.")
    by_character = characters(tables[b"cmap"])
    wanted = {0} | {by_character[code] for code in CHARACTERS if code in by_character}
    wanted |= set(larger_forms(tables[b"MATH"], wanted))
    kept = {name: tables[name] for name in _NEEDED + _HINTS if name in tables} | _outlines(tables, wanted)
    kept[b"post"] = struct.pack(">I", 0x00030000) + tables[b"post"][4:32]  # version 3: without names of glyphs
    return _write(kept)


def read_tables(font: bytes) -> dict[bytes, bytes]:
    """Split a font file into its tables, by name."""
    (count,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(count))
    return {name: font[offset : offset + length] for name, _, offset, length in entries}


def characters(cmap: bytes) -> dict[int, int]:
    """Read the glyph number of each character, from the subtable in format 12."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for place in range(count):
        (offset,) = struct.unpack_from(">I", cmap, 8 + 8 * place)
        if struct.unpack_from(">H", cmap, offset)[0] == 12:
            (groups,) = struct.unpack_from(">I", cmap, offset + 12)
            ranges = (struct.unpack_from(">III", cmap, offset + 16 + 12 * group) for group in range(groups))
            return {code: glyph + code - first for first, last, glyph in ranges for code in range(first, last + 1)}
    raise ValueError("The font has no table of characters in format 12.")


def larger_forms(math: bytes, glyphs: Iterable[int]) -> Iterator[int]:
    """Find the higher and wider variants of glyphs, and the pieces from which variants are assembled."""
    (variants,) = struct.unpack_from(">H", math, 8)
    *coverages, high, wide = struct.unpack_from(">HHHH", math, variants + 2)  # after the least overlap of pieces
    first = variants + 10
    glyphs = set(glyphs)
    for coverage, count in zip(coverages, (high, wide), strict=True):
        constructions = struct.unpack_from(f">{count}H", math, first)
        first += 2 * count
        covered = _covered(math, variants + coverage) if coverage else []
        for glyph, construction in zip(covered, constructions, strict=True):
            if glyph in glyphs:
                yield from _construction(math, variants + construction)


def _construction(math: bytes, start: int) -> Iterator[int]:
    assembly, count = struct.unpack_from(">HH", math, start)
    for place in range(count):
        yield struct.unpack_from(">H", math, start + 4 + 4 * place)[0]
    if assembly:
        (pieces,) = struct.unpack_from(">H", math, start + assembly + 4)
        for place in range(pieces):
            yield struct.unpack_from(">H", math, start + assembly + 6 + 10 * place)[0]


def _covered(table: bytes, start: int) -> list[int]:
    """Read a coverage table: a list of glyphs, or a list of ranges of glyphs."""
    kind, count = struct.unpack_from(">HH", table, start)
    if kind == 1:
        return list(struct.unpack_from(f">{count}H", table, start + 4))
    ranges = (struct.unpack_from(">HHH", table, start + 4 + 6 * place) for place in range(count))
    return [glyph for low, high, _ in ranges for glyph in range(low, high + 1)]


def _outlines(tables: Mapping[bytes, bytes], wanted: set[int]) -> dict[bytes, bytes]:
    """The table with the outlines of the wanted glyphs only, the table of their offsets, and a head for both."""
    (long,) = struct.unpack_from(">h", tables[b"head"], 50)
    (count,) = struct.unpack_from(">H", tables[b"maxp"], 4)
    places = struct.unpack(f">{count + 1}{'I' if long else 'H'}", tables[b"loca"])
    places = tuple(place if long else 2 * place for place in places)
    outlines = [tables[b"glyf"][first:last] for first, last in pairwise(places)]
    waiting = list(wanted)
    kept: set[int] = set()
    while waiting:
        glyph = waiting.pop()
        if glyph not in kept:
            kept.add(glyph)
            waiting.extend(_pieces(outlines[glyph]))
    glyf, loca = bytearray(), [0]
    for glyph, outline in enumerate(outlines):
        if glyph in kept:
            glyf += outline + bytes(-len(outline) % 4)
        loca.append(len(glyf))
    head = bytearray(tables[b"head"])
    struct.pack_into(">h", head, 50, 1)
    return {b"glyf": bytes(glyf), b"loca": struct.pack(f">{count + 1}I", *loca), b"head": bytes(head)}


def _pieces(outline: bytes) -> Iterator[int]:
    """The components of a composite glyph; none for a glyph with an outline of its own."""
    if not outline or struct.unpack_from(">h", outline)[0] >= 0:
        return
    place, flags = 10, _MORE
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", outline, place)
        yield glyph
        place += 4 + (4 if flags & _WIDE else 2)
        place += 2 if flags & _SCALED else 4 if flags & _SCALED_TWICE else 8 if flags & _MATRIX else 0


def _write(tables: Mapping[bytes, bytes]) -> bytes:
    """Write tables as a font file."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    start = 12 + 16 * len(tables)
    entries, body = [], b""
    for name, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        entries.append(struct.pack(">4sIII", name, total, start + len(body), len(table)))
        body += padded
    head = struct.pack(">IHHHH", 0x00010000, len(tables), search, power, 16 * len(tables) - search)
    return head + b"".join(entries) + body
