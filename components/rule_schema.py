"""The shape of an optimizer's rule as the browser gets it: what ``charts.formula.read_rule`` returns, as records."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, RootModel
from pydantic_core import CoreSchema


class Repeated:
    """Marks a tuple whose last place may hold any number of items."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Make the schema of the tuple, and of its last place a repeated one."""
        schema = handler(source)
        if schema["type"] != "tuple":
            raise TypeError(f"Only a tuple can be repeated: got {source}.")
        return {**schema, "variadic_item_index": len(schema["items_schema"]) - 1}


class Letter(BaseModel):
    """How a symbol looks: its letter, and what stands above, beside and below it."""

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
    """What a symbol stands for: a line's result, so many steps back; a hyperparameter; t; the position before."""


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
            Field(union_mode="left_to_right"),  # their names tell them apart; else each level is tried twice
        ]
    ]
):
    """A formula as a tree: see charts/formula.py."""


class RuleLine(BaseModel):
    """One line of a rule: what it computes, from what, and how that is shown."""

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
