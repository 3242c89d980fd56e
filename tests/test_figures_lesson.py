"""The figures of a lesson, requested by a class at the same time."""

from collections import defaultdict
from threading import Event, Lock

import pytest
from plotly.graph_objects import Figure

from charts.figures import lesson as module
from charts.theme import THEMES
from lessons import LESSONS
from tests.together import Crowd, Question
from trajectories import parse_link

CLASS = 8
KEY = next(key for key, lesson in LESSONS.items() if lesson.figures)


class Painter:
    """Notes how many figures it draws at a time; the first waits until all have called."""

    def __init__(self, crowd):
        self.crowd, self.lock = crowd, Lock()
        self.drawn = self.now = self.most = 0

    def draw(self, *_, **__):
        with self.lock:
            self.drawn += 1
            self.now += 1
            self.most = max(self.most, self.now)
        self.crowd.wait()
        with self.lock:
            self.now -= 1
        return object()


@pytest.fixture
def painter(monkeypatch):
    painter = Painter(Crowd(CLASS))
    monkeypatch.setattr(module, "FIGURES", {LESSONS[KEY].figures[0].kind: painter})
    return painter


def draw(scenario):
    return module.lesson_figure(KEY, 0, scenario, "light")


def test_visitors_of_the_same_scenario_get_the_same_figure(painter):
    question = Question(painter.crowd)
    assert len(set(painter.crowd.call(draw, [question] * CLASS))) == 1
    assert painter.drawn == 1


def test_a_visitor_of_another_scenario_waits_for_a_turn(painter):
    questions = [Question(painter.crowd) for _ in range(CLASS)]
    assert len(set(painter.crowd.call(draw, questions))) == CLASS
    assert (painter.drawn, painter.most) == (CLASS, 1)


class Idle:
    """Draws nothing."""

    def draw(self, *_, **__):
        pytest.fail("Nothing was to be drawn.")


def test_after_an_answer_the_lessons_figures_are_drawn(monkeypatch):
    module.warm_figures()
    monkeypatch.setattr(module, "FIGURES", defaultdict(Idle))
    for key, lesson in LESSONS.items():
        scenario, _ = parse_link(lesson.scenario)
        for place in range(len(lesson.figures)):
            for theme in THEMES:
                assert isinstance(module.lesson_figure(key, place, scenario, theme), Figure)


def test_a_server_that_stops_draws_no_more_figures(monkeypatch):
    monkeypatch.setattr(module, "lesson_figure", Idle().draw)
    stop = Event()
    stop.set()
    module.warm_figures(stop)
