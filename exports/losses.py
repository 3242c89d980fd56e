"""The landscape of a scenario as code: its loss, its data, and the gradient at a position."""

from collections.abc import Sequence

from datasets import Dataset
from datasets.base import Row
from exports.base import ExportError
from exports.code import Code, wrapped
from exports.typed import typed_code
from surfaces import Model
from trajectories import Scenario
from trajectories.data_edits import edited_rows

WIDEST = 100

PLAIN_GRADIENT = '''\
def evaluate(position):
    """The loss at a position, and its gradient.

    torch computes several numbers at once, and may round a single one differently in the last digit. So, as in the
    app, eight copies of the position are evaluated, and the first result is used.
    """
    x, y = (weight.repeat(8).requires_grad_() for weight in position)
    losses = loss(x, y)
    gradients = torch.autograd.grad(losses.sum(), (x, y), materialize_grads=True)
    return losses[0], torch.stack([gradient[0] for gradient in gradients])'''

DATA_GRADIENT = '''\
def evaluate(position):
    """The mean loss over all examples at a position, and its gradient: the mean of the examples' gradients.

    torch computes several numbers at once, and may round a single one differently in the last digit. So, as in the
    app, eight copies of the position are evaluated, and the first result is used.
    """
    x, y = (weight.repeat(8, len(targets)).requires_grad_() for weight in position)
    losses = example_loss(x, y, inputs, targets)
    gradients = torch.autograd.grad(losses.sum(), (x, y), materialize_grads=True)
    return losses.mean(1)[0], torch.stack([gradient.mean(1)[0] for gradient in gradients])'''

BATCH_GRADIENT = '''\
def evaluate(position, batch):
    """The mean loss over all examples at a position, and the mean gradient of the batch.

    torch computes several numbers at once, and may round a single one differently in the last digit. So, as in the
    app, eight copies of the position are evaluated, and the first result is used.
    """
    x, y = (weight.repeat(8, len(batch)).requires_grad_() for weight in position)
    losses = example_loss(x, y, inputs[:, batch], targets[batch])
    gradients = torch.autograd.grad(losses.sum(), (x, y), materialize_grads=True)
    x, y = (weight.repeat(8, len(targets)) for weight in position)
    loss = example_loss(x, y, inputs, targets).mean(1)[0]
    return loss, torch.stack([gradient.mean(1)[0] for gradient in gradients])'''

BATCHES = '''\
def draw_batches():
    """The examples of each step's batch, by their index: every run gets the same batches."""
    generator = torch.Generator().manual_seed(SEED)
    loader = DataLoader(range(len(targets)), batch_size=BATCH, shuffle=True, generator=generator)
    while True:  # one epoch after the other
        yield from loader'''

STANDARDIZE = '''\
def standardize(column):
    """The numbers of a column minus their mean, divided by their standard deviation."""
    spread = column.std(correction=0)
    return (column - column.mean()) / (spread if spread > 0 else 1)'''


def loss_code(scenario: Scenario, code: Code) -> list[str]:
    """The definitions of a scenario's loss: its functions are added to ``code``, and code with its data is returned.

    Raises
    ------
    ExportError
        If the landscape has no code that can stand alone.
    """
    landscape = scenario.landscape
    if landscape.formula is not None:
        return typed_code(landscape.formula, code)
    if landscape.model is None:
        if code.add(landscape.loss) != "loss":
            raise ExportError(f"The formula of {landscape.key} cannot be written as a script: it is not named loss.")
        return []
    code.add(landscape.model.example_loss)
    return _data_code(scenario, landscape.model)


def gradient_code(scenario: Scenario) -> list[str]:
    """The function ``evaluate`` and, with batches, the function that draws them."""
    if scenario.batch:
        return [BATCHES, BATCH_GRADIENT]
    return [PLAIN_GRADIENT if scenario.landscape.model is None else DATA_GRADIENT]


def rows_code(dataset: Dataset, rows: Sequence[Row]) -> str:
    """The table of the examples as a list of tuples, with a comment that names the columns."""
    columns = ", ".join(column.title for column in dataset.axes)
    says = wrapped(f"Each row is {dataset.row}: {columns}.", "# ")
    return "\n".join([says, "ROWS = [", *(f"    {line}" for line in _lines(rows)), "]"])


def _data_code(scenario: Scenario, model: Model) -> list[str]:
    table = model.dataset.rows if scenario.table is None else scenario.table
    rows = rows_code(model.dataset, edited_rows(table, scenario.points))
    inputs, targets = "columns[:-1].contiguous()", "columns[-1].contiguous()"
    if model.input_scale == "standardized":
        inputs = "torch.stack([standardize(column) for column in columns[:-1]])"
    if model.target_scale == "standardized":
        targets = "standardize(columns[-1])"
    standardized = "standardized" in {model.input_scale, model.target_scale}
    return [
        rows,
        "columns = torch.tensor(ROWS, dtype=torch.float64).T",
        *([STANDARDIZE] if standardized else []),
        f"inputs = {inputs}",
        f"targets = {targets}",
    ]


def _lines(rows: Sequence[Row]) -> list[str]:
    """Rows as tuples, as many on a line as fit."""
    lines = [""]
    for row in rows:
        text = f"({', '.join(map(_number, row))}),"
        if lines[-1] and len(lines[-1]) + len(text) >= WIDEST:
            lines.append("")
        lines[-1] += f" {text}" if lines[-1] else text
    return lines


def _number(value: float) -> str:
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
