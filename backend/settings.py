"""The settings of the environment: one record, read when the server starts; an invalid value gives one sentence."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "MR_ADAM_"
# The least similarity of a misspelled name. With less, variables that Kubernetes sets for a service would match.
ALIKE = 0.85
SHORTEST_TOKEN = 16
ORIGIN = re.compile(r"https?://([^\s/?#@:\[\]*]+|\[[0-9a-f:.]+\])(:[0-9]+)?")
FRAME = re.compile(r"'self'|'none'|\*|https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:([0-9]+|\*))?|https?:")


def _digits(value: object) -> object:
    """Refuse other texts that ``int`` accepts, such as ``1_000`` or a number with spaces."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise PydanticCustomError("digits", "no digits")
    return value


def _split(value: object) -> object:
    return value.split(",") if isinstance(value, str) else value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _folder(value: object) -> object:
    """Refuse a path of no folder; an empty text is none."""
    if not isinstance(value, str):
        return value
    if value and not Path(value).is_dir():
        raise PydanticCustomError("folder", "no folder")
    return Path(value).absolute() if value else None


WholeNumber = Annotated[int, BeforeValidator(_digits)]


class Settings(BaseSettings):
    """The environment variables of an operator: ``MR_ADAM_`` and the name of a field in capitals.

    A field's description completes the sentence for an invalid value: "MR_ADAM_QUEUE must ...".

    Parameters
    ----------
    workers : int
        The number of stepping threads. Compiled loops release Python's lock, so several threads use several cores.
    queue : int
        The largest number of walks that may wait to begin.
    sockets_per_address : int
        The most connections of one address to each socket. The default is enough for a lecture hall.
    messages_per_second : int
        The most messages of one connection in a second; a drag sends 30.
    origins : frozenset of str
        Other origins whose pages may open a socket, in lower case.
    frame_ancestors : str
        The sources of pages that may show the app in a frame, as in a Content-Security-Policy.
    metrics : SecretStr
        The token for ``/metrics``; empty: the page does not exist.
    log : str
        The lowest level that is logged.
    mine : Path or None
        The folder with surfaces, optimizers, datasets and lessons that are added to the app's own.
    mine_page : str
        Who may see the page that says what is wrong with files of that folder: ``local``, a browser on the machine of
        the server; ``everyone``; or ``nobody``.

    Examples
    --------
    >>> read_settings().workers
    4
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True)

    workers: WholeNumber = Field(4, ge=1, le=64, description="be a whole number from 1 to 64")
    queue: WholeNumber = Field(100, ge=1, le=10_000, description="be a whole number from 1 to 10000")
    sockets_per_address: WholeNumber = Field(500, ge=1, le=100_000, description="be a whole number from 1 to 100000")
    messages_per_second: WholeNumber = Field(60, ge=1, le=10_000, description="be a whole number from 1 to 10000")
    origins: Annotated[frozenset[str], NoDecode, BeforeValidator(_split)] = Field(
        frozenset(), description="list origins such as https://lms.example.org, separated by commas"
    )
    frame_ancestors: str = Field(
        "'self'", description="list 'self' or origins such as https://lms.example.org, separated by spaces"
    )
    metrics: SecretStr = Field(SecretStr(""), description=f"be a token of at least {SHORTEST_TOKEN} characters")
    log: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(_lower)] = Field(
        "info", description="be one of debug, info, warning, error"
    )
    mine: Annotated[Path | None, BeforeValidator(_folder)] = Field(None, description="be the path of a folder")
    mine_page: Annotated[Literal["local", "everyone", "nobody"], BeforeValidator(_lower)] = Field(
        "local", description="be one of local, everyone, nobody"
    )

    @field_validator("origins")
    @classmethod
    def _check_origins(cls, origins: frozenset[str]) -> frozenset[str]:
        """Refuse a text that is not an origin: it would never match."""
        given = {origin.strip() for origin in origins} - {""}
        named = {origin: origin.removesuffix("/").lower() for origin in given}
        for origin in sorted(named):
            if ORIGIN.fullmatch(named[origin]) is None:
                raise _wrong(repr(origin))
        return frozenset(named.values())

    @field_validator("frame_ancestors")
    @classmethod
    def _check_frame_ancestors(cls, text: str) -> str:
        """Refuse a text that is not a source: a semicolon, for example, would begin another directive."""
        for source in text.split():
            if FRAME.fullmatch(source) is None:
                raise _wrong(repr(source))
        return " ".join(text.split()) or "'none'"

    @field_validator("metrics")
    @classmethod
    def _check_metrics(cls, token: SecretStr) -> SecretStr:
        if 0 < len(token) < SHORTEST_TOKEN:
            raise _wrong(str(len(token)))  # the length only: a secret is not printed
        return token


DEFAULTS = Settings.model_construct()


def read_settings() -> Settings:
    """Read the record from the environment.

    Raises
    ------
    ValueError
        If a variable is invalid: one sentence, about the first such variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        name = str(problem["loc"][0])
        got = problem.get("ctx", {}).get("got", repr(problem["input"]))
        sentence = f"{variable(name)} must {Settings.model_fields[name].description}: got {got}."
        raise ValueError(sentence) from None


def variable(name: str) -> str:
    """The environment variable of a field.

    Examples
    --------
    >>> variable("queue")
    'MR_ADAM_QUEUE'
    """
    return PREFIX + name.upper()


def misspelled_variables(names: Iterable[str]) -> list[tuple[str, str]]:
    """Unknown variables whose names resemble a known one, each with the known one.

    Examples
    --------
    >>> misspelled_variables(["MR_ADAM_WORKER", "MR_ADAM_QUEUE", "PATH"])
    [('MR_ADAM_WORKER', 'MR_ADAM_WORKERS')]
    """
    ours = [variable(name) for name in Settings.model_fields]
    unknown = sorted(name for name in names if name.upper().startswith(PREFIX) and name.upper() not in ours)
    return [(name, alike[0]) for name in unknown if (alike := get_close_matches(name.upper(), ours, 1, ALIKE))]


def _wrong(got: str) -> PydanticCustomError:
    return PydanticCustomError("setting", "{got}", {"got": got})
