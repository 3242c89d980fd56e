"""A Python script that takes the same steps: it needs torch alone, and gives the same positions to the last bit."""

from collections.abc import Iterator

import torch

from exports import heading
from exports.base import Format
from exports.code import wrapped
from exports.sections import Section, plot_section, report_section, sections_of
from trajectories import Scenario


def write(scenario: Scenario) -> Iterator[bytes]:
    """The script as UTF-8.

    Raises
    ------
    ExportError
        If the scenario cannot be written as code that stands alone.
    """
    first, *others = sections_of(scenario)
    parts = [f'"""{_head(scenario)}\n"""', first.code.replace("import math\n", "import math\nimport sys\n")]
    parts += [_with_title(section) for section in (*others, plot_section(scenario))]
    end = ['if __name__ == "__main__":', *(f"    {line}" for line in report_section().code.splitlines())]
    end += ['    if "--plot" in sys.argv:', "        plot()"]
    yield ("\n\n\n".join([*parts, "\n".join(end)]) + "\n").encode()


def _head(scenario: Scenario) -> str:
    version, processor = torch.__version__.partition("+")[0], torch.backends.cpu.get_cpu_capability()
    lines = [
        f"{heading.title(scenario)}.",
        "",
        f"Link: {heading.link(scenario)}",
        "",
        "The script needs torch. `python FILE` prints where the runs end; `python FILE --plot` also draws them, with",
        "matplotlib. Afterwards `positions` contains one list of pairs for each run, the start first.",
        "",
        wrapped(
            f"The positions are those of {heading.APP} to the last bit with torch {version} on a processor with "
            f"{processor}. Another version or another kind of processor may round the last digit differently."
        ),
    ]
    return _in_docstring("\n".join(lines))


def _with_title(section: Section) -> str:
    comment = "\n".join(["# " + section.title, *(wrapped(line, "# ") for line in section.says)])
    apart = "\n\n" if section.code.startswith(("def ", "class ", "@")) else "\n"
    return f"{comment}{apart}{section.code}"


def _in_docstring(text: str) -> str:
    """Text that cannot end a docstring, and without escapes."""
    return text.replace("\\", "/").replace('"""', "'''")


FORMAT = Format(
    key="script",
    label="Python script",
    family="code",
    order=10,
    says="The formula, the optimizers and the loop; it needs torch alone and gives the same numbers to the last bit.",
    suffix=".py",
    media_type="text/x-python",
    write=write,
)
