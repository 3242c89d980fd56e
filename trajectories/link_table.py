"""What links consist of, as one table: by it Python and the browser both write them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class LinkField(BaseModel):
    """One part of a link.

    Parameters
    ----------
    key : str
        How the link names it.
    field : str
        The scenario's field that it holds.
    kind : {"name", "number", "numbers", "runs"}
        How it is written: as it is; as a number of the spelling ``link``; as several of them with commas between; or
        once for each run, as ``key:name=number,name=number`` with only the hyperparameters that have not their default.
    left_out : float or None
        The value with which the link leaves it out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    field: str
    kind: Literal["name", "number", "numbers", "runs"]
    left_out: float | None = None


class LinkTable(BaseModel):
    """What links consist of, in order: Python and the browser both write by it.

    Parameters
    ----------
    fields : tuple of LinkField
        The parts of a scenario.
    others : tuple of str
        Other words of the address, Streamlit's and the pages': not of the scenario, and no mistake either.
    stay : tuple of str
        Those of them that stay in the address wherever one turns.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: tuple[LinkField, ...]
    others: tuple[str, ...]
    stay: tuple[str, ...]


LINK = LinkTable(
    fields=(
        LinkField(key="surface", field="surface", kind="name"),
        LinkField(key="start", field="start", kind="numbers"),
        LinkField(key="steps", field="steps", kind="number"),
        LinkField(key="noise", field="noise", kind="number", left_out=0.0),
        LinkField(key="seed", field="seed", kind="number", left_out=0.0),
        LinkField(key="run", field="runs", kind="runs"),
    ),
    others=("embed", "embed_options", "hidden", "inside", "lesson", "present", "slots"),
    stay=("embed", "embed_options", "present"),
)
KEYS = tuple(field.key for field in LINK.fields)
