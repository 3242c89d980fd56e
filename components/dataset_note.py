"""Where the numbers behind a surface come from: a line under its sentence, and source and license beside it."""

from datasets import Dataset

LINE = "Data: {name}, {count} examples"
EXAMPLE = "One example is {row}."


def dataset_line(dataset: Dataset) -> str:
    """Say which data the loss is computed from.

    Examples
    --------
    >>> from datasets import DATASETS
    >>> dataset_line(DATASETS["cars"])
    'Data: Stopping distances of cars, 50 examples'
    """
    return LINE.format(name=dataset.name, count=len(dataset.rows))


def dataset_source(dataset: Dataset) -> str:
    """What an example is, source, license and notes of a dataset, as paragraphs of Markdown."""
    example = EXAMPLE.format(row=dataset.row)
    return "\n\n".join(text for text in (example, dataset.source, dataset.license, dataset.notes) if text)
