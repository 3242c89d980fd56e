"""Split a typed formula into tokens: numbers, letters, functions, signs, and the products that nobody writes."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lark import Token

from formulas.functions import FUNCTIONS
from formulas.nodes import GREEK, FormulaError

MOST_CHARACTERS = 500
MOST_NESTED = 30
LARGEST = 1e12  # of a number that is typed
RESERVED = {"x", "y", "r", "e", "pi", "theta"}
NAMES = (*FUNCTIONS, "max", "abs", "sqrt")  # those with nodes of their own are functions for the visitor, too
SPELLED = {name[1:]: glyph for name, glyph in GREEK.items() if glyph.islower() and name not in {r"\pi", r"\theta"}}
LETTERS = {*SPELLED.values()}
_NAME = re.compile("|".join(sorted((*NAMES, "pi", "theta"), key=len, reverse=True)), re.IGNORECASE | re.ASCII)

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
# What phones, keyboards and documents write for the signs of a formula.
_SIGNS = {"**": "^", "·": "*", "⋅": "*", "×": "*", "∗": "*", "•": "*", "−": "-", "–": "-", "—": "-", "÷": "/", "∕": "/"}
_SIGNS |= {"[": "(", "]": ")", "{": "(", "}": ")", "ˆ": "^", "∣": "|", "√": "√"}
_TYPES = {"+": "PLUS", "-": "MINUS", "*": "STAR", "/": "SLASH", "^": "CARET", "(": "OPEN", ")": "CLOSE", ",": "COMMA"}
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<raised>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|(?P<word>(?:log10|log2)(?!\d)|(?:(?![⁰¹²³⁴⁵⁶⁷⁸⁹])[^\W\d_])+)"
    r"|(?P<sign>\*\*|[-+*/^(),|\[\]{}·⋅×∗•−–—÷∕ˆ∣√])|(?P<space>\s+)",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\s*(?:f\s*\(\s*x\s*,\s*y\s*\)|z|f)\s*=(?!=)")
_ENDS = {"NUMBER", "NAME", "RAISED", "CLOSE", "BAR_CLOSE"}  # a factor may end with these
_BEGINS = {"NUMBER", "NAME", "OPEN", "BAR_OPEN", "CALL", "BARE", "ROOT"}  # and begin with these


@dataclass
class _Level:
    """What the splitter knows inside of one pair of parentheses or bars.

    ``bare`` is None, or whether only numbers have been read of the argument of a function without parentheses.
    """

    sign: str
    place: int
    bare: bool | None = None


@dataclass
class _Splitter:
    text: str
    tokens: list[Token] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=lambda: [_Level("", 0)])

    def split(self) -> list[Token]:
        head = _HEAD.match(self.text)
        place = head.end() if head else 0
        while place < len(self.text):
            match = _TOKEN.match(self.text, place)
            if match is None:
                raise self._unknown(place)
            match match.lastgroup:
                case "number":
                    self._number(match)
                case "raised":
                    self._add("RAISED", match.group().translate(_RAISED), place, match.end() - place)
                case "word":
                    self._word(match.group(), place)
                case "sign":
                    self._sign(match.group(), place)
            place = match.end()
        if len(self.levels) > 1:
            level = self.levels[-1]
            closing = "|" if level.sign == "|" else ")"
            raise FormulaError(f'This "{level.sign}" is never closed: add a "{closing}".', level.place, 1)
        return self.tokens

    def _unknown(self, place: int) -> FormulaError:
        character = self.text[place]
        shown = f'"{character}"' if character.isprintable() else "This character"
        cure = {"=": "Write only what f(x, y) is equal to.", "%": "Write /100, or mod(a, b) for a remainder."}
        cure |= {";": "Separate arguments with a comma.", "!": "Write a product instead."}
        advice = cure.get(character, "Leave it out.")
        return FormulaError(f"{shown} has no meaning in a formula. {advice}", place, 1)

    def _number(self, match: re.Match[str]) -> None:
        text, place = match.group(), match.start()
        if abs(float(text)) > LARGEST:
            raise FormulaError(f"{text[:20]} is too large: write a number up to 1e12.", place, len(text))
        if self.tokens and self.tokens[-1].type in _ENDS:
            shown = text[:20]
            if self.tokens[-1].type == "NUMBER" and "." in text:
                raise FormulaError("A number has one decimal point: leave out the others.", place, len(text))
            raise FormulaError(
                f"Before {shown} a sign is missing: write *{shown} for a product, ^{shown} for a power.",
                place,
                len(text),
            )
        self._add("NUMBER", text, place, len(text))

    def _word(self, word: str, place: int) -> None:
        followed = self.text[place + len(word) :].lstrip()[:1]
        pieces = list(_pieces(word))
        at = place
        for index, piece in enumerate(pieces):
            last = index == len(pieces) - 1
            if piece in NAMES:
                if not last and followed in {"(", "["} and followed:
                    near = difflib.get_close_matches(word.lower()[:20], NAMES, n=1, cutoff=0.6)
                    hint = f"Did you mean {near[0]}?" if near else f"Write {piece}(...)."
                    raise FormulaError(f'No function "{word[:20]}". {hint}', place, len(word))
                self._add("CALL" if last and followed in {"(", "["} and followed else "BARE", piece, at, len(piece))
            elif _is_letter(piece):
                self._add("NAME", piece, at, len(piece))
            else:
                raise FormulaError(f'"{piece}" has no meaning in a formula. Use letters from a to z.', at, 1)
            at += len(piece)
        unknown = [piece for piece in pieces if piece not in NAMES and piece not in RESERVED]
        if len(unknown) > 2:
            near = difflib.get_close_matches(word.lower()[:20], [*NAMES, "theta"], n=1, cutoff=0.6)
            hint = f"Did you mean {near[0]}?" if near else "A letter is one character: write a*b for a product."
            raise FormulaError(f'No function "{word[:20]}". {hint}', place, len(word))

    def _sign(self, sign: str, place: int) -> None:
        sign = _SIGNS.get(sign, sign)
        match sign:
            case "|":
                if self.levels[-1].sign == "|" and self.tokens[-1].type in _ENDS:
                    self.levels.pop()
                    self._add("BAR_CLOSE", "|", place)
                else:
                    self._add("BAR_OPEN", "|", place)
                    self._open("|", place)
            case "(":
                self._add("OPEN", "(", place)
                self._open("(", place)
            case ")":
                if self.levels[-1].sign != "(":
                    if self.levels[-1].sign == "|":
                        raise FormulaError('This "|" is never closed: add a "|".', self.levels[-1].place, 1)
                    raise FormulaError('This ")" closes nothing: leave it out, or add a "(" before it.', place, 1)
                self.levels.pop()
                self._add("CLOSE", ")", place)
            case "√":
                opened = self.text[place + 1 :].lstrip()[:1] == "("
                self._add("CALL" if opened else "ROOT", "sqrt", place)
            case _:
                self._add(_TYPES[sign], sign, place)
                if sign != "^":
                    self.levels[-1].bare = None

    def _open(self, sign: str, place: int) -> None:
        self.levels.append(_Level(sign, place))
        if len(self.levels) > MOST_NESTED:
            raise FormulaError(f"Parentheses may be nested {MOST_NESTED - 1} deep: use fewer.", place, 1)

    def _add(self, kind: str, text: str, place: int, length: int = 1) -> None:
        """Add a token, and before it the sign of a product that is not written."""
        level = self.levels[-1]
        if self.tokens and self.tokens[-1].type in _ENDS and kind in _BEGINS and not self._raises_a_function():
            binds = level.bare is not None and (kind == "NAME" or (level.bare and kind == "OPEN"))
            if not binds:
                level.bare = None
            self.tokens.append(Token("BIND" if binds else "TIMES", "*", start_pos=place, end_pos=place))
        if kind == "BARE":
            level.bare = True
        elif kind in {"OPEN", "BAR_OPEN"}:
            level.bare = None  # parentheses end the argument
        elif level.bare is not None and kind not in {"NUMBER", "CARET", "RAISED"}:
            level.bare = False
        if kind == "NAME":
            text = SPELLED.get(text, text)
        self.tokens.append(Token(kind, text, start_pos=place, end_pos=place + length))

    def _raises_a_function(self) -> bool:
        """Whether the last token is the exponent in ``sin^2 x`` or ``sin² x``."""
        types = [token.type for token in self.tokens[-3:]]
        return types[-2:] == ["BARE", "RAISED"] or types == ["BARE", "CARET", "NUMBER"]


def _pieces(word: str) -> Iterator[str]:
    """A run of letters as known names, the longest first, and single letters."""
    if word in SPELLED:
        yield word
        return
    place = 0
    while place < len(word):
        known = _NAME.match(word, place)
        yield known.group().lower() if known else _single(word[place])
        place = known.end() if known else place + 1


def _single(letter: str) -> str:
    """One letter. A phone begins a line with a capital, so X and Y are x and y."""
    return {"X": "x", "Y": "y", "ε": "ϵ"}.get(letter, letter)


def _is_letter(piece: str) -> bool:
    return piece in {*RESERVED, *LETTERS, *SPELLED, "π", "θ"} or (piece.isascii() and len(piece) == 1)


def split(text: str) -> list[Token]:
    """Split a typed formula into tokens.

    Parameters
    ----------
    text : str
        At most 500 characters. ``f(x, y) =`` before the formula is skipped.

    Returns
    -------
    list of Token
        ``TIMES`` and ``BIND`` are products that are not written; ``BIND`` is one inside of an argument without
        parentheses: in ``sin 2x`` the sine is that of 2x.

    Raises
    ------
    FormulaError
        If a character or a word has no meaning, a parenthesis or a bar has no partner, or a sign between two numbers
        is missing.

    Examples
    --------
    >>> [str(token) for token in split("2x² + sin 3y")]
    ['2', '*', 'x', '2', '+', 'sin', '3', '*', 'y']
    """
    if len(text) > MOST_CHARACTERS:
        raise FormulaError(
            f"A formula has at most {MOST_CHARACTERS} characters: got {len(text)}. Shorten it.", MOST_CHARACTERS
        )
    return _Splitter(text).split()
