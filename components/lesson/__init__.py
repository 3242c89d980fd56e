"""A lesson on the page: its place in the course, the question before the walk, its sliders and its goals."""

from components.lesson.attempt import LONGEST, Attempt, Course, course
from components.lesson.dress import dress
from components.lesson.goals import goals
from components.lesson.knobs import knobs
from components.lesson.predict import predict
from components.lesson.row import neighbors, row

__all__ = ["LONGEST", "Attempt", "Course", "course", "dress", "goals", "knobs", "neighbors", "predict", "row"]
