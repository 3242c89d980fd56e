"""The lessons, one Markdown file each, read and checked; and the glossary."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lessons.base import SECTIONS, Lesson
from lessons.claim import Claim
from lessons.glossary import GLOSSARY
from lessons.reading import LessonError, read_all

LESSONS: Mapping[str, Lesson] = MappingProxyType(read_all(Path(__file__).parent))

__all__ = ["GLOSSARY", "LESSONS", "SECTIONS", "Claim", "Lesson", "LessonError"]
