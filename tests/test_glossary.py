"""The glossary's file is read strictly."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lessons.glossary import read_glossary


def test_a_glossary_without_its_parts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('about = "A page."\n\n[words]\nloss = 3\n', encoding="utf-8")
    with pytest.raises(ValidationError) as refused:
        read_glossary(path)
    assert {error["loc"] for error in refused.value.errors()} == {("paper",), ("screen",), ("words", "loss")}
