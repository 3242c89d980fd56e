"""The datasets: one file each, a head in TOML and a table in CSV, found by their names."""

from pathlib import Path

from datasets.base import Column, Dataset
from datasets.reading import DatasetError, read_dataset
from discovery import Catalogue

_FOLDER = Path(__file__).parent
DATASETS = Catalogue(
    {path.stem: read_dataset(path.stem, path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.csv"))}
)

__all__ = ["DATASETS", "Column", "Dataset", "DatasetError", "read_dataset"]
