"""What a document of a period is: whom it is about, how it is built, kept and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from common.errors import Refused
from school.models import Period, School, SchoolClass, Staff


class Of(StrEnum):
    """Whom a document is about."""

    SCHOOL = "school"
    CLASS = "class"
    TEACHER = "teacher"


@dataclass(frozen=True)
class Wanted:
    """What is asked for: a period of a school, and the class or the teacher that the document is about."""

    school: School
    period: Period
    school_class: SchoolClass | None = None
    teacher: Staff | None = None


@dataclass(frozen=True)
class Look:
    """How the values of a kind are kept and shown.

    `printed` takes a `Report`, `fresh` what `build` has just answered; `context` takes what both give and the key of
    the period, and answers what `template` needs on a page, with `heading` and `chips`, pairs of anchor and words.
    `renderers` and `name` take what `printed` and `fresh` give.
    """

    freeze: Callable[[Any], dict[str, Any]]
    thaw: Callable[[dict[str, Any]], Any]
    printed: Callable[..., Any]
    fresh: Callable[[Any], Any]
    template: str
    context: Callable[[Any, int], dict[str, Any]]
    renderers: Mapping[str, Callable[[Any], bytes]]
    name: Callable[[Any], str]


@dataclass(frozen=True)
class DocumentKind:
    """`build` raises `Refused` where there is nothing to tell yet. `formats`: those offered beside PDF.

    `about`: a line that says what is in it. `at_start`: it is about the start of the year, and nothing else;
    `early`: it may be approved before its period is over. `needs_marks`: offered only once categories were counted.
    """

    code: str
    title: str
    about: str
    of: Of
    build: Callable[[Wanted], Any]
    look: Look
    formats: tuple[str, ...] = ("xlsx",)
    at_start: bool = False
    early: bool = False

    def title_of(self, wanted_about: str) -> str:
        """«Отчёт классного руководителя, 7А»."""
        return f"{self.title}, {wanted_about}" if wanted_about else self.title


_kinds: dict[str, DocumentKind] = {}


def offer(kind: DocumentKind) -> None:
    """Add a kind; the order of offering is the order on pages."""
    _kinds[kind.code] = kind


def document_kinds() -> list[DocumentKind]:
    """All kinds in their order."""
    return list(_kinds.values())


def document_kind(code: str) -> DocumentKind:
    """The kind by its code. Raises `Refused` for an unknown one."""
    found = _kinds.get(code)
    if found is None:
        raise Refused("Такого документа нет.")
    return found
