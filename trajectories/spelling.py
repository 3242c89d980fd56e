"""How numbers are written: spellings as data, which both Python and the browser follow."""

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

MINUS = "\N{MINUS SIGN}"
NO_NUMBER = "no number"
INFINITY = "\N{INFINITY}"


class Spelling(BaseModel):
    """One way to write a number.

    Parameters
    ----------
    digits : int or None
        Significant digits of a number without an exponent; digits before the point are never rounded. None: as many
        as it takes to read the same number back.
    mantissa : int or None
        Significant digits of a number with an exponent; None as above.
    decimals : int or None
        The greatest number of digits after the point; None: no limit.
    plain : (int, int)
        Numbers from the first power of ten to below the second have no exponent; all others have one.
    padded : bool
        Whether trailing zeros stay, so that a changing number keeps its width.
    signed_zero : bool
        Whether minus zero is written with its sign.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    digits: int | None = None
    mantissa: int | None = None
    decimals: int | None = None
    plain: tuple[int, int]
    padded: bool = False
    signed_zero: bool = False


SPELLINGS: Mapping[str, Spelling] = MappingProxyType(
    {
        # In a link, and in a sentence that shows a value: float() reads the same number back.
        "link": Spelling(plain=(-4, 16), signed_zero=True),
        # The same precision on the screen.
        "exact": Spelling(plain=(-4, 16)),
        # In the cards and in hover texts: enough digits to compare, and few enough for a fixed width.
        "brief": Spelling(digits=4, mantissa=2, decimals=3, plain=(-3, 5), padded=True),
        # For walks of an ensemble, whose last digits depend on rounding: the digits that a single walk has too.
        "rounded": Spelling(digits=6, mantissa=6, plain=(-4, 16)),
        # In a formula.
        "formula": Spelling(digits=4, mantissa=3, plain=(-3, 5), padded=True),
        # The number of percent of a share.
        "percent": Spelling(digits=3, decimals=1, plain=(-324, 5), mantissa=2, padded=True),
        # In labels of figures.
        "short": Spelling(digits=3, mantissa=3, plain=(-4, 5)),
        # At the ticks of an axis, which are round numbers.
        "axis": Spelling(plain=(-3, 5)),
        # In a field of the panel, if it is wide enough for all digits.
        "field": Spelling(plain=(-3, 6)),
    }
)


def spell(number: float, spelling: Spelling, minus: str = MINUS) -> str:
    """Write a number.

    Parameters
    ----------
    number : float
        Any, finite or not.
    spelling : Spelling
        One of ``SPELLINGS``.
    minus : str
        The minus sign, before the number and in its exponent.

    Returns
    -------
    str
        Halves are rounded away from zero, as in the browser.

    Examples
    --------
    >>> [spell(0.000123456, SPELLINGS[name]) for name in ("exact", "brief", "short")]
    ['0.000123456', '1.2e−4', '0.000123']
    >>> [spell(1.5, SPELLINGS[name]) for name in ("exact", "brief", "formula")]
    ['1.5', '1.500', '1.500']
    """
    if not math.isfinite(number):
        return NO_NUMBER if math.isnan(number) else (minus if number < 0 else "") + INFINITY
    sign = minus if math.copysign(1, number) < 0 else ""
    if number == 0:
        return (sign if spelling.signed_zero else "") + "0"
    size = abs(float(number))
    power = Decimal(repr(size)).adjusted()
    if spelling.plain[0] <= power < spelling.plain[1]:
        return sign + _plain(size, power, spelling)
    return sign + _scientific(size, spelling, minus)


def percent(share: float) -> str:
    """Write a share in percent.

    Examples
    --------
    >>> percent(0.0098), percent(0.975), percent(1), percent(math.nan)
    ('1.0 %', '97.5 %', '100 %', 'no number')
    """
    number = spell(100 * share, SPELLINGS["percent"])
    return number if math.isnan(share) else f"{number} %"


def _plain(size: float, power: int, spelling: Spelling) -> str:
    if spelling.digits is None:
        return _trim(f"{Decimal(repr(size)):f}")
    places = max(0, spelling.digits - 1 - power)
    if spelling.decimals is not None:
        places = min(places, spelling.decimals)
    text = f"{Decimal(size).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, Context(prec=800)):f}"
    return text if spelling.padded else _trim(text)


def _scientific(size: float, spelling: Spelling, minus: str) -> str:
    if spelling.mantissa is None:
        rounded = Decimal(repr(size)).normalize()
    else:
        rounded = Context(prec=spelling.mantissa, rounding=ROUND_HALF_UP).create_decimal(Decimal(size))
    digits = "".join(map(str, rounded.as_tuple().digits)).ljust(spelling.mantissa or 1, "0")
    lead = f"{digits[0]}.{digits[1:]}".removesuffix(".")
    return f"{lead if spelling.padded else _trim(lead)}e{rounded.adjusted()}".replace("-", minus)


def _trim(text: str) -> str:
    """Remove trailing zeros after the point."""
    return text.rstrip("0").removesuffix(".") if "." in text else text
