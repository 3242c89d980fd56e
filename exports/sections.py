"""A scenario as code, section by section: the script joins them, the notebook makes a cell of each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from discovery import OWN_MODULES
from exports import heading
from exports.code import WIDEST, Code, is_ours
from exports.losses import gradient_code, loss_code
from exports.network import LOSS_ON_MAP as NETWORK_ON_MAP
from exports.network import network_code, network_gradient, network_walk
from optimizers import OPTIMIZERS
from trajectories import Run, Scenario
from trajectories.naming import distinct_names

NOISE = '''\
def draw_noise():
    """What is added to the gradient at each step: every run gets the same random numbers."""
    generator = torch.Generator().manual_seed(SEED)
    while True:
        yield from NOISE * torch.randn(1024, 2, dtype=torch.float64, generator=generator)'''

PLOT = '''\
def plot():
    """Draw the loss as contour lines, and the runs above it."""
    import matplotlib.pyplot as plt

    across, up = torch.linspace(*X_RANGE, 200), torch.linspace(*Y_RANGE, 150)
    y, x = torch.meshgrid(up.double(), across.double(), indexing="ij")
    levels = loss_on_map(x, y)
    figure, (map_axes, loss_axes) = plt.subplots(1, 2, figsize=(12, 5), layout="constrained")
    map_axes.contourf(across, up, levels, 30, cmap="Blues_r")
    for name, path, values in zip(names, positions, losses):
        map_axes.plot(*zip(*path), marker=".", label=name)
        loss_axes.plot(values, label=name)
    map_axes.set(xlim=X_RANGE, ylim=Y_RANGE, xlabel="x", ylabel="y", title=TITLE)
    loss_axes.set(xlabel="step", ylabel="loss")
    loss_axes.legend()
    plt.show()'''

LOSS_ON_MAP = {
    False: '''\
def loss_on_map(x, y):
    """The loss at every point of the map."""
    return loss(x, y)''',
    True: '''\
def loss_on_map(x, y):
    """The mean loss over all examples at every point of the map."""
    return example_loss(x[..., None], y[..., None], inputs, targets).mean(-1)''',
}

REPORT = """\
for name, path, values in zip(names, positions, losses):
    x, y = path[-1]
    print(f"{name}: after {len(path) - 1} steps x = {x}, y = {y}, loss = {values[-1]}")"""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of the code.

    Parameters
    ----------
    title : str
        What it is about.
    says : tuple of str
        Sentences about it.
    code : str
        Code that uses only what earlier sections define.
    """

    title: str
    says: tuple[str, ...] = ()
    code: str


def sections_of(scenario: Scenario) -> list[Section]:
    """The code of a scenario. Executed in order, it leaves ``names``, ``positions`` and ``losses``.

    Raises
    ------
    ExportError
        If the scenario cannot be written as code that stands alone.
    """
    embedding = scenario.landscape.embedding
    code = Code()
    if embedding is None:
        data, gradient = loss_code(scenario, code), gradient_code(scenario)
        walk = [*([NOISE] if scenario.noise else []), _walk(scenario)]
    else:
        data, gradient = network_code(embedding, code), network_gradient(scenario)
        walk = network_walk(scenario)
    own_classes = Code(imports=code.imports)
    calls = [_call(run, own_classes) for run in scenario.runs]
    code.imports |= {"import math", "import torch"}
    if scenario.batch:
        code.imports.add("from torch.utils.data import DataLoader")
    about = (*heading.about_surface(scenario), *heading.about_data(scenario))
    sections = [
        Section(title="Settings", code=f"{_imports(code.imports)}\n\n{_settings(scenario)}"),
        Section(title="The loss", says=about, code=_joined([*code.definitions, *data])),
        Section(title="The gradient", code=_joined(gradient)),
    ]
    if own_classes.definitions:
        title = "An optimizer that torch does not have"
        sections.append(Section(title=title, code=_joined(own_classes.definitions)))
    return [
        *sections,
        Section(title="The walk", code=_joined(walk)),
        Section(title="The runs", code=_runs(scenario, calls)),
    ]


def _settings(scenario: Scenario) -> str:
    threads = ["torch.set_num_threads(1)  # several threads may round differently"]
    lines = threads if scenario.landscape.embedding else []
    lines += [f"START = {scenario.start}", f"STEPS = {scenario.steps}"]
    lines += [f"BATCH = {scenario.batch}  # examples in a batch"] if scenario.batch else []
    lines += [f"NOISE = {scenario.noise}  # standard deviation"] if scenario.noise else []
    lines += [f"SEED = {scenario.seed}"] if scenario.noisy else []
    return "\n".join(lines)


def _joined(definitions: Sequence[str]) -> str:
    """Definitions, with two empty lines around functions and classes."""
    text = ""
    for definition in definitions:
        tall = definition.startswith(("def ", "class ", "@")) or text.rpartition("\n")[2].startswith(" ")
        apart = ("\n\n\n" if tall else "\n") if text else ""
        text += f"{apart}{definition}"
    return text


def report_section() -> Section:
    """What the script prints."""
    return Section(title="Where the runs end", code=REPORT)


def plot_section(scenario: Scenario) -> Section:
    """A function that draws the walk with matplotlib."""
    x_range, y_range = scenario.landscape.bounds
    constants = f"TITLE = {json.dumps(heading.title(scenario))}\nX_RANGE, Y_RANGE = {x_range}, {y_range}"
    on_map = NETWORK_ON_MAP if scenario.landscape.embedding else LOSS_ON_MAP[scenario.landscape.model is not None]
    return Section(title="The picture", code=_joined((constants, on_map, PLOT)))


def _walk(scenario: Scenario) -> str:
    """The loop over the steps of one run."""
    batch = ", next(batches)" if scenario.batch else ""
    lines = [
        "def walk(optimizer_class, **settings):",
        '    """The positions of one run, the start first, and the loss at each."""',
        "    position = torch.tensor(START, dtype=torch.float64)",
        "    optimizer = optimizer_class([position], **settings)",
        *(["    batches = draw_batches()"] if scenario.batch else []),
        *(["    noise = draw_noise()"] if scenario.noise else []),
        "    path, losses = [], []",
        "    for step in range(STEPS + 1):",
        "        if step > 0:",
        "            optimizer.step()",
        f"        loss_here, position.grad = evaluate(position{batch})",
        *(["        position.grad += next(noise)"] if scenario.noise else []),
        "        path.append(tuple(position.tolist()))",
        "        losses.append(loss_here.item())",
        "        if not all(map(math.isfinite, (*path[-1], losses[-1], *position.grad.tolist()))):",
        "            break  # the run has diverged",
        "    return path, losses",
    ]
    return "\n".join(lines)


def _runs(scenario: Scenario, calls: Sequence[str]) -> str:
    fused = any("fused=True" in call for call in calls)
    note = ["# fused: torch has several implementations, which round differently; this is the one that the app uses."]
    return "\n".join([
        _in_lines("names = [", list(map(json.dumps, distinct_names(scenario))), "]"),
        *(note if fused else []),
        "runs = [",
        *(f"    {call}," for call in calls),
        "]",
        "positions = [path for path, _ in runs]  # for each run a list of pairs",
        "losses = [values for _, values in runs]",
    ])  # fmt: skip


def _class_name(kind: type, code: Code) -> str:
    """The name of a class in the script: torch's, one that is copied, or one that is imported from its package."""
    if getattr(torch.optim, kind.__name__, None) is kind:
        return f"torch.optim.{kind.__name__}"
    if is_ours(kind.__module__) or kind.__module__.startswith(OWN_MODULES):
        return code.add(kind)
    code.imports.add(f"from {kind.__module__} import {kind.__name__}")
    return kind.__name__


def _call(run: Run, code: Code) -> str:
    """The call of ``walk`` for a run; a class that is not torch's is added to ``code``."""
    spec = OPTIMIZERS[run.optimizer]
    kind = spec.torch_class
    name = _class_name(kind, code)
    values = run.values_at(1)
    # foreach=False is what torch does on a processor in any case.
    arguments = {
        keyword: values[given]
        if isinstance(given, str)
        else tuple(values[one] for one in given)
        if isinstance(given, tuple)
        else given
        for keyword, given in spec.arguments.items()
        if (keyword, given) != ("foreach", False)
    }
    given = [name, *(f"{keyword}={value!r}" for keyword, value in arguments.items())]
    return _in_lines("walk(", given, ")", indent="    ")


def _in_lines(begin: str, parts: Sequence[str], end: str, indent: str = "") -> str:
    """Parts in brackets, on one line if they fit, else each on its own."""
    line = f"{begin}{', '.join(parts)}{end}"
    if len(line) <= WIDEST:
        return line
    return "\n".join([begin, *(f"{indent}    {part}," for part in parts), f"{indent}{end}"])


def _imports(statements: set[str]) -> str:
    """Import statements in the usual order; several names of one module in one statement."""
    modules = sorted(statement for statement in statements if statement.startswith("import "))
    names: dict[str, list[str]] = {}
    for statement in sorted(statements - set(modules)):
        module, _, name = statement.removeprefix("from ").partition(" import ")
        names.setdefault(module, []).append(name)
    ours = [f"from {module} import {', '.join(found)}" for module, found in names.items()]
    plain = [line for line in (*modules, *ours) if "torch" not in line]
    return "\n".join([*plain, "", *(line for line in (*modules, *ours) if "torch" in line)])
