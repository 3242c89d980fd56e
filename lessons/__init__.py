"""What it means: one Markdown file per lesson, read and checked."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lessons.base import SECTIONS, Lesson
from lessons.claim import Claim
from lessons.reading import LessonError, read_all

LESSONS: Mapping[str, Lesson] = MappingProxyType(read_all(Path(__file__).parent))

__all__ = ["LESSONS", "SECTIONS", "Claim", "Lesson", "LessonError"]
