"""The report of a check in plain words: one line for each file, and one for each fault."""

from itertools import groupby
from pathlib import Path

from mine.checking import further_faults
from mine.files import ENDINGS
from mine.mounting import CATALOGUES, mount


def check(folder: Path) -> tuple[list[str], bool]:
    """Check all files of a folder.

    Parameters
    ----------
    folder : Path
        The folder; its records replace those of the folder that was mounted before.

    Returns
    -------
    (list of str, bool)
        The lines of the report, and whether there is a fault.
    """
    if not folder.is_dir():
        return [f"{folder} must be a folder: there is none with this name."], True
    report = mount(folder)
    faults = list(report.faults)
    for source in report.files:
        faults += further_faults(source, CATALOGUES[source.kind][source.key])
    order = list(ENDINGS)
    faults.sort(key=lambda fault: (_rank(fault.file, order), fault.file))
    faulty = {fault.file for fault in faults}
    good = [source.file for source in report.files if source.file not in faulty]
    if not faults and not good:
        return [f"{folder} has no files to check. They belong in {', '.join(ENDINGS)}."], False
    lines = [f"ok     {file}" for file in good]
    for file, group in groupby(faults, key=lambda fault: fault.file):
        lines.append(f"FAULT  {file}")
        lines += [f"       - {fault.sentence}" for fault in group]
    return [*lines, _sum(len(good), len(faulty))], bool(faults)


def _rank(file: str, order: list[str]) -> int:
    kind = file.split("/", maxsplit=1)[0]
    return order.index(kind) if kind in order else -1


def _sum(good: int, faulty: int) -> str:
    if not faulty:
        return f"All {good} files are right." if good > 1 else "The file is right."
    return f"{good} right, {faulty} with a fault."
