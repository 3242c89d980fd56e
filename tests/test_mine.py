"""A folder of one's own: good files are served beside ours, and a faulty one is one sentence and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backend.contract import ADDED, contract
from components.picker.picker import picker_data
from datasets import DATASETS
from lessons import LESSONS
from mine import mounted
from mine.__main__ import main
from mine.files import LARGEST
from mine.mounting import CATALOGUES
from mine.report import check
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.own_files import DATASET, GOOD, LESSON, OPTIMIZER, SURFACE, own, write
from trajectories import parse_link, simulate

ROOT = Path(__file__).parents[1]
OURS = {kind: list(catalogue) for kind, catalogue in CATALOGUES.items()}


def faults(report):
    return [str(fault) for fault in report.faults]


def the_fault(report):
    (fault,) = report.faults
    assert "\n" not in fault.sentence
    assert fault.sentence.endswith(".")
    assert len(fault.sentence) < 500
    return fault


def test_good_files_are_in_the_catalogues_after_ours(tmp_path):
    with own(tmp_path) as report:
        assert faults(report) == []
        assert report is mounted()
        for kind, key in (
            ("surfaces", "soup_bowl"),
            ("optimizers", "rprop"),
            ("datasets", "plants"),
            ("lessons", "down_the_bowl"),
        ):
            assert list(CATALOGUES[kind]) == [*OURS[kind], key]
            assert list(CATALOGUES[kind].own) == [key]
        scenario, notes = parse_link("surface=soup_bowl&run=rprop:lr=0.1")
        assert notes == []
        assert simulate(scenario)[0].outcome.kind in {"global_minimum", "still_moving"}
    assert {kind: list(catalogue) for kind, catalogue in CATALOGUES.items()} == OURS


def test_a_surface_and_an_optimizer_are_in_groups_of_their_own(tmp_path):
    with own(tmp_path):
        entries = {entry["key"]: entry["family"] for entry in picker_data("stage")["surfaces"]}
        assert [key for key, family in entries.items() if family == ADDED] == ["soup_bowl"]
        assert contract().optimizers["rprop"].family == ADDED


def test_own_lessons_are_numbered_on_in_their_order(tmp_path):
    last = max(lesson.order for lesson in LESSONS.values())
    files = {"lessons/b.md": LESSON, "lessons/a.md": LESSON.replace("order = 1", "order = 2")}
    with own(tmp_path, GOOD | files):
        assert [(key, LESSONS[key].order - last) for key in LESSONS.own] == [("b", 1), ("down_the_bowl", 2), ("a", 3)]


BAD = SURFACE.replace("soup_bowl", "bad")
BAD_OPTIMIZER = OPTIMIZER.replace("rprop", "bad")
NO_GOALS = re.sub(r"\[\[goals\]\].*?(?=\[\[controls)", "", LESSON, flags=re.DOTALL)
TAKEN = "must have another name: {!r} is the key of one of the app's own {}."

FAULTY = {
    "a name of ours, surface": (
        "surfaces/hump.py",
        SURFACE.replace('"soup_bowl"', '"hump"'),
        TAKEN.format("hump", "surfaces"),
    ),
    "a name of ours, lesson": ("lessons/hump.md", LESSON, TAKEN.format("hump", "lessons")),
    "a name of ours, optimizer": (
        "optimizers/adam.py",
        OPTIMIZER.replace('"rprop"', '"adam"'),
        TAKEN.format("adam", "optimizers"),
    ),
    "a name of ours, dataset": ("datasets/cars.csv", DATASET, TAKEN.format("cars", "datasets")),
    "the key is not the name": (
        "surfaces/other.py",
        SURFACE,
        "must have the file's name as its key, 'other': got 'soup_bowl'.",
    ),
    "a syntax error": ("surfaces/bad.py", "def loss(x, y)\n    return x\n", "line 1 is not valid Python, expected ':'"),
    "it raises": ("surfaces/bad.py", "\n\n1 / 0\n", "line 3: ZeroDivisionError: division by zero."),
    "it ends Python": ("surfaces/bad.py", "import sys\nsys.exit('bye')\n", "line 2: SystemExit: bye."),
    "it imports what is not there": (
        "optimizers/bad.py",
        "import no_such_package",
        "line 1: ModuleNotFoundError: No mod",
    ),
    "no record": ("surfaces/bad.py", "x = 1\n", "must define SURFACE, a Surface: got None."),
    "another record": ("optimizers/bad.py", "OPTIMIZER = 5\n", "must define OPTIMIZER, a OptimizerSpec: got 5."),
    "a field is missing": (
        "surfaces/bad.py",
        BAD.replace('    label="Soup bowl",\n', ""),
        "TypeError: Surface.__init__() missing 1 required keyword-only argument: 'label'.",
    ),
    "a field is wrong": (
        "surfaces/bad.py",
        BAD.replace("start=(-2.0, 1.0)", "start=(9.0, 1.0)"),
        "landscape 'bad': start must lie on the map",
    ),
    "the loss raises": (
        "surfaces/bad.py",
        BAD.replace("return x**2", "return y.nothing + x**2"),
        "AttributeError: 'Tensor' object has no attribute 'nothing'.",
    ),
    "the loss is a sum": (
        "surfaces/bad.py",
        BAD.replace("return x**2", "return x * x.sum()"),
        "loss must work element by element",
    ),
    "the loss is one number": (
        "surfaces/bad.py",
        BAD.replace("return x**2 + 4 * y**2", "return x.sum()"),
        "loss must return float64 numbers of the shape of x and y, (1,)",
    ),
    "the loss is no tensor": (
        "surfaces/bad.py",
        BAD.replace("return x**2 + 4 * y**2", "return 5"),
        "loss must return a tensor: got int.",
    ),
    "the loss is not finite": (
        "surfaces/bad.py",
        BAD.replace("return x**2", "return x.log()"),
        "the loss must be finite on the whole map: got nan at (-3, -2).",
    ),
    "the start is level": (
        "surfaces/bad.py",
        BAD.replace("start=(-2.0, 1.0)", "start=(0.0, 0.0)"),
        "start must have a slope, or no walk leaves it",
    ),
    "a preset names no optimizer": (
        "surfaces/bad.py",
        BAD.replace("run=sgd:", "run=adamm:"),
        "preset 'good': the link",
    ),
    "no UTF-8, Python": ("surfaces/bad.py", SURFACE.encode() + b"\xff", "must be a text in UTF-8: byte"),
    "no UTF-8, lesson": ("lessons/bad.md", b"+++\n\xff", "must be a text in UTF-8: byte 4 is not."),
    "null bytes": ("surfaces/bad.py", b"x = 1\0", "null bytes"),
    "huge": ("surfaces/bad.py", "#" * (LARGEST + 1), f"must have at most {LARGEST} bytes: got {LARGEST + 1}."),
    "deep": ("surfaces/bad.py", "(" * 5000, "too many nested parentheses"),
    "empty, Python": ("surfaces/bad.py", "", "must define SURFACE"),
    "empty, lesson": ("lessons/bad.md", "", "must begin with a head between two lines +++: got ''."),
    "a lesson without goals": ("lessons/bad.md", NO_GOALS, "the head must give goals: got nothing."),
    "a lesson without TOML": ("lessons/bad.md", LESSON.replace("order = 1", "order ="), "the head must be valid TOML"),
    "a lesson without sections": ("lessons/bad.md", LESSON.split("## ")[0], "the body must have 1 to 6 sections"),
    "a lesson on no surface": (
        "lessons/bad.md",
        LESSON.replace("soup_bowl", "nowhere_at_all", 1),
        'No surface "nowhere_at_all" on this server',
    ),
    "a lesson with no such run": (
        "lessons/bad.md",
        LESSON.replace("flag = 0", "flag = 3"),
        "predict.flag: no run 3; runs are counted from 0, and the scenario has 1.",
    ),
    "a lesson with no such hyperparameter": (
        "lessons/bad.md",
        LESSON.replace('name = "lr"', 'name = "momentun"'),
        'controls: run 0 has no "momentun". Use one of: lr.',
    ),
    "a lesson with no such figure": (
        "lessons/bad.md",
        LESSON.replace("[[expect]]", '[[figures]]\nkind = "wieghts"\ncaption = "C."\n\n[[expect]]'),
        'figures: no kind "wieghts". Did you mean "weights"?',
    ),
    "a lesson with no such outcome": (
        "lessons/bad.md",
        LESSON.replace('outcome = "left_the_map"', 'outcome = "lost"'),
        'no outcome "lost".',
    ),
    "a lesson with an open formula": (
        "lessons/bad.md",
        LESSON + "\n$x\n",
        "must have an even number of dollar signs",
    ),
    "a missing value": ("datasets/bad.csv", DATASET.replace("2,3.5", "2,"), "Row 2 of dataset 'bad': height must be a"),
    "no license": ("datasets/bad.csv", DATASET.replace('license = "Our own numbers."\n', ""), "must give license"),
    "one value only": (
        "datasets/bad.csv",
        DATASET.replace("1,2\n2,3.5\n3,6", "1,2\n1,3\n1,4"),
        "the column 'Day' must have at least two different values: got 1 in each row.",
    ),
    "needs a closure": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace("optim.Rprop", "optim.LBFGS").replace("idea=", "needs_closure=True,\n    idea="),
        "cannot be used: Rprop evaluates the loss within its step",
    ),
    "mixes columns": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace("optim.Rprop", "optim.Adafactor"),
        "mixes the numbers of a tensor: the record must say elementwise=False.",
    ),
    "no such argument": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace('{"lr": "lr"}', '{"speed": "lr"}'),
        "optimizer 'bad': Rprop has no argument 'speed': it has params, lr",
    ),
    "a rule by halves": (
        "optimizers/bad.py",
        BAD_OPTIMIZER.replace("references=", 'rate_latex="1",\n    references='),
        "update_latex must hold the lines g and update",
    ),
    "a name with a dash": ("lessons/my-lesson.md", LESSON, "must have a name of lower-case letters, digits and _"),
    "a folder that nothing reads": (
        "lesson/bowl.md",
        LESSON,
        "is not read: put files into one of the folders datasets",
    ),
    "a file at the top": ("bowl.md", LESSON, "is not read: put files into one of the folders datasets, surfaces"),
    "a wrong ending": ("lessons/bowl.txt", LESSON, "is not read: a file in lessons must end in .md."),
    "a schedule": ("schedules/warm.py", "x = 1", "is not read: this version has no schedules."),
}


@pytest.mark.parametrize(("name", "text", "sentence"), FAULTY.values(), ids=FAULTY)
def test_a_faulty_file_is_left_out_with_one_sentence_and_the_others_are_served(tmp_path, name, text, sentence):
    with own(tmp_path, GOOD | {name: text}) as report:
        fault = the_fault(report)
        assert fault.file in {name, name.split("/")[0]}
        assert sentence in fault.sentence
        assert {source.file for source in report.files} == set(GOOD)
        assert all(len(catalogue.own) == 1 for catalogue in CATALOGUES.values())


def test_two_faulty_files_are_two_sentences(tmp_path):
    files = {"surfaces/one.py": "1 / 0", "lessons/two.md": "Dear reader"}
    with own(tmp_path, GOOD | files) as report:
        assert [fault.file for fault in report.faults] == ["lessons/two.md", "surfaces/one.py"]
        assert len(report.files) == len(GOOD)


def test_a_lesson_on_a_faulty_surface_says_so(tmp_path):
    files = {"lessons/down_the_bowl.md": LESSON, "surfaces/soup_bowl.py": SURFACE.replace("return x**2", "return x +")}
    with own(tmp_path, files) as report:
        assert report.faults[0].file == "lessons/down_the_bowl.md"
        assert 'No surface "soup_bowl"' in report.faults[0].sentence


def test_what_a_file_prints_is_not_in_the_report(tmp_path, capsys):
    with own(tmp_path, {"surfaces/soup_bowl.py": "print('hello')\n" + SURFACE}) as report:
        assert faults(report) == []
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "hello\n")


def test_no_file_of_the_folder_is_written(tmp_path):
    with own(tmp_path):
        assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == set(GOOD)


def test_links_that_go_round_pipes_and_folders_are_faults(tmp_path):
    surfaces = write(tmp_path, GOOD) / "surfaces"
    (surfaces / "round.py").symlink_to(surfaces / "round.py")
    (surfaces / "folder.py").mkdir()
    os.mkfifo(surfaces / "pipe.py")
    (surfaces / "gone.py").symlink_to(surfaces / "nothing.py")
    with own(tmp_path) as report:
        names = [f"surfaces/{name}.py" for name in ("folder", "gone", "pipe", "round")]
        assert [fault.file for fault in report.faults] == names
        assert len(report.files) == len(GOOD)


def test_a_folder_that_goes_round_is_a_fault(tmp_path):
    (tmp_path / "lessons").symlink_to(tmp_path / "lessons")
    with own(tmp_path, {}) as report:
        assert the_fault(report).file == "lessons"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_fault(tmp_path):
    write(tmp_path, GOOD)
    (tmp_path / "lessons" / "down_the_bowl.md").chmod(0)
    with own(tmp_path, {}) as report:
        assert the_fault(report).sentence.startswith("cannot be read")


def test_an_empty_folder_has_nothing_and_no_fault(tmp_path):
    with own(tmp_path, {}) as report:
        assert (report.files, report.faults) == ((), ())
        assert check(tmp_path)[1] is False


def test_a_link_to_a_surface_of_another_server_is_one_sentence():
    scenario, notes = parse_link("surface=soup_bowl&steps=50&run=adam")
    assert scenario.surface == next(iter(SURFACES))
    assert len(notes) == 1
    assert notes[0].startswith('No surface "soup_bowl" on this server; another server may have added it.')


# The check


def report_of(folder, files):
    with own(folder, {}):
        lines, faulty = check(write(folder, files))
    return "\n".join(lines), faulty


def test_the_check_finds_good_files_right(tmp_path):
    report, faulty = report_of(tmp_path, GOOD)
    assert not faulty, report
    assert all(f"ok     {name}" in report for name in GOOD)


WRONG = {
    "a claim": ("lessons/down_the_bowl.md", 'outcome = "global_minimum"', 'outcome = "saddle"', "expect, scene 0"),
    "a goal that is reached": (
        "lessons/down_the_bowl.md",
        'outcome = "left_the_map" }',
        'outcome = "global_minimum" }',
        "goals.0: scene 0 must not reach it",
    ),
    "a solution": ("lessons/down_the_bowl.md", "lr=0.27", "lr=0.11", "goals.0: its solution does not reach it"),
    "a preset": ("surfaces/soup_bowl.py", 'expect=("global_minimum",)', 'expect=("saddle",)', "preset 'good': the run"),
    "a check value": ("surfaces/soup_bowl.py", "value=5.0", "value=5.1", "the loss at (1, 1) must be 5.1: got 5.0"),
    "a minimum": (
        "surfaces/soup_bowl.py",
        "CriticalPoint(x=0.0",
        "CriticalPoint(x=0.001",
        "must be exact to 1e-09",
    ),
    "a kind": ("surfaces/soup_bowl.py", "return x**2 + 4 * y**2", "return x**2 - 4 * y**2", "must be listed as saddle"),
    "a range": ("optimizers/rprop.py", "learning_rate(0.01)", "learning_rate(0.01, high=1e300)", "the range of lr"),
}


@pytest.mark.parametrize(("name", "before", "after", "sentence"), WRONG.values(), ids=WRONG)
def test_the_check_finds_what_the_server_does_not_look_at(tmp_path, name, before, after, sentence):
    assert before in GOOD[name]
    report, faulty = report_of(tmp_path, GOOD | {name: GOOD[name].replace(before, after)})
    assert faulty
    assert f"FAULT  {name}" in report
    assert sentence in report
    assert "Traceback" not in report


def test_a_path_of_no_folder_is_one_sentence(tmp_path):
    lines, faulty = check(tmp_path / "nothing")
    assert faulty
    assert lines == [f"{tmp_path / 'nothing'} must be a folder: there is none with this name."]


@pytest.mark.parametrize("words", [[], ["check"], ["chekc", "."], ["check", "a", "b"]])
def test_a_wrong_command_prints_how_to_use_it(words, capsys):
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("Usage: python -m mine check PATH")


@pytest.mark.slow
@pytest.mark.parametrize(("files", "status"), [(GOOD, 0), (GOOD | {"surfaces/bad.py": "import sys\nsys.exit(0)"}, 1)])
def test_the_command_has_a_status(tmp_path, files, status):
    command = [sys.executable, "-m", "mine", "check", str(write(tmp_path, files))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stdout + done.stderr


# An optimizer without a rule


def test_an_optimizer_without_a_rule_walks_and_has_no_lines(tmp_path):
    with own(tmp_path):
        spec = OPTIMIZERS["rprop"]
        assert not spec.written
        assert spec.rule.lines == ()
        scenario, _ = parse_link("surface=soup_bowl&steps=20&run=rprop:lr=0.1")
        (walk,) = simulate(scenario, parts=True)
        assert dict(walk.parts) == {}
        assert DATASETS["plants"].rows[0] == (1.0, 2.0)
