"""A folder of one's own: good files are served beside ours, and a faulty one is one sentence and nothing else."""

import os
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
from mine.mounting import CATALOGUES
from mine.report import check
from optimizers import OPTIMIZERS
from surfaces import SURFACES
from tests.faulty_files import FAULTY, WRONG
from tests.own_files import GOOD, LESSON, SURFACE, own, write
from trajectories import KINDS, Axis, basins, parse_link, settings, simulate

ROOT = Path(__file__).parents[1]
OURS = {kind: list(catalogue) for kind, catalogue in CATALOGUES.items()}


def faults(report):
    return [str(fault) for fault in report.faults]


def the_fault(report):
    (fault,) = report.faults
    assert "\n" not in fault.sentence
    assert fault.sentence.endswith((".", "?"))
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


def test_maps_of_an_own_surface_are_those_of_its_walks(tmp_path):
    with own(tmp_path):
        scenario, _ = parse_link("surface=soup_bowl&steps=60&run=rprop:lr=0.1&run=sgd:lr=0.1")
        for run in (0, 1):
            found = basins(scenario, run, shape=(2, 3))
            for row, column in ((0, 0), (1, 2)):
                start = (float(found.x[column]), float(found.y[row]))
                walk = simulate(scenario.model_copy(update={"start": start}))[run]
                assert KINDS[found.kinds[row, column]] == walk.outcome.kind
        with pytest.raises(ValueError, match=r"^The rule of Rprop is not written down: its settings cannot differ"):
            settings(scenario, [Axis(run=0, name="lr", low=0.01, high=0.1)], shape=(1, 3))
