"""The lessons, one Markdown file each, read and checked; and the glossary."""

from pathlib import Path

from discovery import Catalogue
from lessons.base import Lesson
from lessons.claim import Claim
from lessons.glossary import GLOSSARY
from lessons.reading import LessonError, read_all

LESSONS = Catalogue(read_all(Path(__file__).parent))

__all__ = ["GLOSSARY", "LESSONS", "Claim", "Lesson", "LessonError"]
