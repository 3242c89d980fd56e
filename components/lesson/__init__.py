"""The parts of a lesson's page: the list of lessons, the question before the walk, the sliders and the goals."""

from components.lesson.attempt import MOST_STEPS, Attempt, Course, course
from components.lesson.goals import goals
from components.lesson.knobs import knobs
from components.lesson.predict import predict
from components.lesson.row import neighbors, row
from components.lesson.style import send_style

__all__ = ["MOST_STEPS", "Attempt", "Course", "course", "goals", "knobs", "neighbors", "predict", "row", "send_style"]
