"""Frozen records whose errors are one sentence for people, where pydantic would list them."""

from typing import Any, ClassVar, NoReturn, Self

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from trajectories.sentences import show_text, show_value, suggest


class ScenarioError(ValueError):
    """A scenario that is not valid; the text is one sentence for people."""


class Checked(BaseModel):
    """A frozen record; an invalid one raises ScenarioError with one sentence, where pydantic would list errors.

    ``what`` is the name of such a record in sentences, and ``parts`` has the records in its lists by the list's name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
    what: ClassVar[str]
    parts: ClassVar[dict[str, "type[Checked]"]] = {}

    def __init__(self, /, **fields: Any) -> None:
        try:
            super().__init__(**fields)
        except ValidationError as error:
            _raise_sentence(type(self), error)

    # pydantic calls an __init__ without this mark from model_validate, which would wrap the sentence twice.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Check a mapping or a record: see the class."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            _raise_sentence(cls, error)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Check a JSON text: see the class."""
        try:
            return super().model_validate_json(json_data, **options)
        except ValidationError as error:
            _raise_sentence(cls, error)


def _raise_sentence(model: type[Checked], error: ValidationError) -> NoReturn:
    raise ScenarioError(_sentence(model, error.errors(include_url=False)[0])) from None


def _sentence(model: type[Checked], detail: ErrorDetails) -> str:
    """The first of pydantic's errors as a sentence for people."""
    place = detail["loc"]
    part = model.parts.get(str(place[0])) if len(place) > 1 else None
    what, fields = (part or model).what, list((part or model).model_fields)
    match detail["type"]:
        case "value_error":
            sentence = str(detail["ctx"]["error"])
        case "missing":
            sentence = f"A {what} needs {'an' if place[-1] == 'optimizer' else 'a value for'} {place[-1]}."
        case "extra_forbidden":
            sentence = f"A {what} has no {show_text(str(place[-1]))}. {suggest(str(place[-1]), fields)}"
        case "json_invalid":
            sentence = "This is not valid JSON."
        case _:
            sentence = f"A {what} must be an object of {', '.join(fields)}: got {show_value(detail['input'])}."
    return sentence if part is None else f"{part.what.capitalize()} {int(place[1]) + 1}: {sentence}"
