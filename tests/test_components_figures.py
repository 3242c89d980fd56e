"""Figures for a class that looks at them at once."""

from threading import Lock

import pytest

from components import figures as module
from lessons import LESSONS
from tests.together import Crowd, Question

CLASS = 8
KEY = next(key for key, lesson in LESSONS.items() if lesson.figures)


class Painter:
    """Notes how many figures it draws at a time; the first waits until all have asked."""

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
    return module._drawn(KEY, 0, scenario, "light")


def test_who_looks_at_the_same_is_shown_the_same_figure(painter):
    question = Question(painter.crowd)
    assert len(set(painter.crowd.ask(draw, [question] * CLASS))) == 1
    assert painter.drawn == 1


def test_who_looks_at_something_else_waits_for_a_turn(painter):
    questions = [Question(painter.crowd) for _ in range(CLASS)]
    assert len(set(painter.crowd.ask(draw, questions))) == CLASS
    assert (painter.drawn, painter.most) == (CLASS, 1)
