"""Write the browser's types: ``python -m components.contract_types`` makes ``contract.d.ts``.

It declares the TypeScript types of everything that Python and the browser exchange, from the Python records alone. A
test fails if the file differs from the records.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter

from backend import example_messages, map_messages, messages, orbit_messages, seed_messages, settings_messages
from backend.contract import Contract
from backend.refusals import Refusal
from backend.wire import WIRE
from components.browser_data import PanelData, PickerData, PresentData, StageData, SurfaceFacts
from components.rule_schema import FormulaReading, Rule

FILE = Path(__file__).with_name("contract.d.ts")


# Every record that Python and the browser exchange; the records that these contain are declared too.
RECORDS: tuple[type[BaseModel], ...] = (
    messages.WalkRequest,
    messages.GroundRequest,
    messages.Cancel,
    messages.Advise,
    example_messages.ExamplesRequest,
    example_messages.BatchesRequest,
    map_messages.MapRequest,
    seed_messages.SeedsRequest,
    orbit_messages.OrbitsRequest,
    settings_messages.SettingsRequest,
    example_messages.Examples,
    example_messages.Batches,
    map_messages.Map,
    map_messages.Mapped,
    seed_messages.Fan,
    seed_messages.Fanned,
    orbit_messages.OrbitsDone,
    settings_messages.SettingsBegin,
    settings_messages.SettingsLevel,
    settings_messages.SettingsDone,
    messages.Begin,
    messages.Ground,
    messages.Done,
    messages.Advice,
    messages.ErrorAnswer,
    messages.Busy,
    Refusal,
    Rule,
    FormulaReading,
    SurfaceFacts,
    StageData,
    PanelData,
    PickerData,
    PresentData,
    Contract,
)
UNIONS: Mapping[str, tuple[type[BaseModel], ...]] = {
    "FromBrowser": (
        messages.WalkRequest,
        messages.GroundRequest,
        messages.Cancel,
        messages.Advise,
        example_messages.ExamplesRequest,
        example_messages.BatchesRequest,
        map_messages.MapRequest,
        seed_messages.SeedsRequest,
        orbit_messages.OrbitsRequest,
        settings_messages.SettingsRequest,
    ),
    "Downward": (
        messages.Begin,
        messages.Ground,
        messages.Done,
        messages.Advice,
        messages.ErrorAnswer,
        messages.Busy,
        example_messages.Examples,
        example_messages.Batches,
        map_messages.Map,
        map_messages.Mapped,
        seed_messages.Fan,
        seed_messages.Fanned,
        orbit_messages.OrbitsDone,
        settings_messages.SettingsBegin,
        settings_messages.SettingsLevel,
        settings_messages.SettingsDone,
    ),
}
HEAD = "// Written by `make contract` from the Python records. Do not edit."
# `Node` is already the name of a type of the browser's DOM.
RENAMED = {"Node": "FormulaNode"}
PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
Schema = dict[str, Any]


def declarations(records: tuple[type[BaseModel], ...] = RECORDS) -> str:
    """Make the text of ``contract.d.ts``.

    Parameters
    ----------
    records : tuple of type
        The records to declare, with all records that they contain.

    Raises
    ------
    ValueError
        If a record contains a type that has no spelling in TypeScript here.
    """
    # The types as written to JSON: there every field is present.
    inputs = [(record, "serialization", TypeAdapter(record)) for record in records]
    _, schema = TypeAdapter.json_schemas(inputs, ref_template="{model}")  # type: ignore[arg-type]
    types = _named_items({RENAMED.get(name, name): of for name, of in schema["$defs"].items()})
    header: Schema = {"properties": {name: {"type": "integer"} for name in WIRE.header_fields}}
    blocks = [_declaration("FrameHeader", header | {"description": "The header of a binary frame, in this order."})]
    blocks += [_declaration(name, types[name]) for name in sorted(types)]
    blocks += [f"\nexport type {name} = {' | '.join(r.__name__ for r in of)};" for name, of in UNIONS.items()]
    return "\n".join([HEAD, "", "export const contract: Contract;", *blocks, ""])


def _named_items(types: Mapping[str, Schema]) -> dict[str, Schema]:
    """Declare a named type for the repeated last item of each tuple.

    TypeScript rejects a type as circular if it refers to itself directly in such an item; it accepts the type if the
    item has a named type: ``["sum", ...SumItem[]]``.
    """
    named: dict[str, Schema] = {}

    def read(schema: Any) -> Any:
        match schema:
            case {"type": "array", "prefixItems": [{"const": str(first)}, *_], "items": {"type": _} as items}:
                name = f"{first.capitalize()}Item"
                named[name] = read(items)
                inner = {"items": {"$ref": name}, "prefixItems": read(schema["prefixItems"])}
                return schema | inner
            case dict():
                return {key: read(of) for key, of in schema.items()}
            case list():
                return [read(of) for of in schema]
        return schema

    return {name: read(of) for name, of in types.items()} | named


def _declaration(name: str, schema: Schema) -> str:
    about = schema.get("description", "").partition("\n")[0]
    comment = f"\n/** {about} */" if about else ""
    if "properties" not in schema:
        return f"{comment}\nexport type {name} = {_broken(schema).lstrip(chr(32))};"
    fields = "".join(f"  {field}: {typescript(of)};\n" for field, of in schema["properties"].items())
    return f"{comment}\nexport interface {name} {{\n{fields}}}"


def _broken(schema: Schema) -> str:
    """A type with each of its alternatives on its own line."""
    return "".join(f"\n  | {typescript(part)}" for part in schema["anyOf"]) if "anyOf" in schema else typescript(schema)


def typescript(schema: Schema) -> str:
    """Write a JSON schema as a TypeScript type.

    Examples
    --------
    >>> typescript({"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "null"}]}})
    '(number | null)[]'
    >>> typescript({"type": "array", "prefixItems": [{"const": "sum"}], "items": {"$ref": "Term"}})
    '["sum", ...Term[]]'
    """
    match schema:
        case {"$ref": name}:
            text = RENAMED.get(name, str(name))
        case {"const": value}:
            text = json.dumps(value)
        case {"enum": values}:
            text = " | ".join(map(json.dumps, values))
        case {"anyOf": parts}:
            text = " | ".join(map(typescript, parts))
        case {"type": "array", "prefixItems": parts}:
            rest = [f"...{_several(schema['items'])}"] if isinstance(schema.get("items"), dict) else []
            text = f"[{', '.join([*map(typescript, parts), *rest])}]"
        case {"type": "array", "items": items}:
            text = _several(items)
        case {"type": "object", "additionalProperties": dict() as values}:
            text = f"{{ [name: string]: {typescript(values)} }}"
        case {"type": str() as plain} if plain in PLAIN:
            text = PLAIN[plain]
        case _:
            raise ValueError(f"This schema cannot be written in TypeScript: {schema}.")
    return text


def _several(items: Schema) -> str:
    one = typescript(items)
    return f"({one})[]" if items.keys() & {"anyOf", "enum"} else f"{one}[]"


def main() -> None:
    """Write the file."""
    FILE.write_text(declarations(), encoding="utf-8")


if __name__ == "__main__":
    main()
