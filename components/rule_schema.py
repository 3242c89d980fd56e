"""An optimizer's rule as the browser gets it: records of the result of ``charts.formula.read_rule``."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, RootModel
from pydantic_core import CoreSchema


class Repeated:
    """Mark of a tuple whose last item may be repeated any number of times."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Make the schema of the tuple, with its last item repeated."""
        schema = handler(source)
        if schema["type"] != "tuple":
            raise TypeError(f"Only a tuple can be repeated: got {source}.")
        return {**schema, "variadic_item_index": len(schema["items_schema"]) - 1}


class Letter(BaseModel):
    """The parts of a symbol that are drawn: its letter, its accent, its superscript and its subscript."""

    model_config = ConfigDict(extra="forbid")

    text: str
    accent: str | None
    sup: str | None
    sub: str | None


class Reference(
    RootModel[
        tuple[Literal["part"], str, int]
        | tuple[Literal["value"], str]
        | tuple[Literal["step"]]
        | tuple[Literal["position"]]
    ]
):
    """The value of a symbol: a line's result some steps ago; a hyperparameter; t; the position before the step."""


class Node(
    RootModel[
        Annotated[
            tuple[Literal["number"], str]
            | tuple[Literal["symbol"], Letter, Reference]
            | tuple[Literal["gradient"]]
            | Annotated[tuple[Literal["sum"], tuple[Literal["+", "-"], "Node"]], Repeated]
            | Annotated[tuple[Literal["product"], tuple[Literal["*", "/"], "Node"]], Repeated]
            | tuple[Literal["power", "fraction", "max"], "Node", "Node"]
            | tuple[Literal["root", "group", "abs"], "Node"]
            | Annotated[tuple[Literal["cases"], tuple["Node", tuple["Node", "Node"] | None]], Repeated],
            Field(union_mode="left_to_right"),  # the first item decides; the default mode tries each level twice
        ]
    ]
):
    """A formula as a tree: see charts/formula.py."""


class RuleLine(BaseModel):
    """One line of a rule: the symbol that it computes, its formula, and how its result is shown."""

    model_config = ConfigDict(extra="forbid")

    key: str
    letter: Letter
    formula: Node
    initial: float
    label: str
    help: str
    drawn: str
    ink: str


class Rule(BaseModel):
    """An optimizer's rule: its lines in order, and the effective step."""

    model_config = ConfigDict(extra="forbid")

    lines: tuple[RuleLine, ...]
    rate: Node


class MathElement(
    RootModel[
        Annotated[
            tuple[Literal["mi", "mn", "mo"], str]
            | Annotated[tuple[Literal["mrow", "msup", "msub", "msqrt", "mfrac"], "MathElement"], Repeated],
            Field(union_mode="left_to_right"),
        ]
    ]
):
    """A typed formula as MathML: see formulas/mathml.py."""


class FormulaProblem(BaseModel):
    """What is wrong with a typed formula: a sentence, and the part of the text that is wrong."""

    model_config = ConfigDict(extra="forbid")

    sentence: str
    position: int
    length: int


class FormulaReading(BaseModel):
    """The answer to a typed formula: how it is drawn, and its letters; or what is wrong. See ``backend.formulas``."""

    model_config = ConfigDict(extra="forbid")

    math: MathElement | None
    letters: list[str]
    error: FormulaProblem | None
