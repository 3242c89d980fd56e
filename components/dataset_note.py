"""Where the numbers behind a surface come from: lines under its sentence, and source and license beside it."""

from datasets import Dataset
from trajectories import Scenario

LINE = "Data: {name}, {count} examples"
OWN = "Data: your own, {count} examples"
EDITED = ", edited"
PALE = "A path is pale where its distance from the plane is more than half of the distance that the weights have moved."
EXAMPLE = "One example is {row}."


def dataset_line(dataset: Dataset, scenario: Scenario) -> str:
    """Say which data the loss of a scenario is computed from, and whether they are edited.

    Of a network it also says which plane is shown, and where paths are pale.

    Examples
    --------
    >>> from datasets import DATASETS
    >>> from trajectories import parse_link
    >>> dataset_line(DATASETS["cars"], parse_link("surface=cars_raw")[0])
    'Data: Stopping distances of cars, 50 examples'
    >>> dataset_line(DATASETS["cars"], parse_link("surface=cars_raw&point=3:out")[0])
    'Data: Stopping distances of cars, 49 examples, edited'
    >>> dataset_line(DATASETS["two_moons"], parse_link("surface=network_moons")[0]).endswith(PALE)
    True
    """
    examples, embedding = scenario.landscape.examples, scenario.landscape.embedding
    count = len(dataset.rows) if examples is None else examples.count
    line = LINE.format(name=dataset.name, count=count) if scenario.table is None else OWN.format(count=count)
    line += EDITED if scenario.points else ""
    return line if embedding is None else f"{line}. {embedding.says} {PALE}"


def dataset_source(dataset: Dataset) -> str:
    """What an example is, source, license and notes of a dataset, as paragraphs of Markdown."""
    example = EXAMPLE.format(row=dataset.row)
    return "\n\n".join(text for text in (example, dataset.source, dataset.license, dataset.notes) if text)
