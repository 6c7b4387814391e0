"""Finding a pupil, a class, a colleague by what one remembers of the name."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.urls import reverse

from common.names import class_key, name_key
from risk_registry.models import PupilCategory
from school.access import Viewer, access_of, classes_for
from school.models import Pupil, Staff
from school.permissions import can_see_school
from school.selectors_pupils import Presence, pupil_rows
from school.shared import SearchHit

LONGEST = 100
OTHERS = 10  # classes and colleagues shown beside pupils
ALIKE = 20  # names offered where none has what was written
# The share of common three-letter pieces from which a word counts as a slip of the other: «Кавтун» and «Ковтун» 0.57.
_ALIKE_FROM = 0.4
_SHORTEST = 3
_CLASS = re.compile(r"\d{1,2}[А-ЯЁ]?")


def found_pupils(user: Viewer, text: str) -> QuerySet[Pupil]:
    """Pupils, present and former, whom the person may see and whose name has every part of `text`; by name.

    ё and е are the same, so are look-alike Latin letters; «ковт мат» finds Ковтун Матвей, «ковтун 7а» the one of 7А, a
    number the one with that number in the e-journal. Each has `seat_title`, `seat_ends` and `category` (of the newest
    period that says anything).
    """
    parts = _parts(text)
    rows = _rows(user)
    if not parts:
        return rows.none()
    for part in parts:
        rows = rows.filter(_has(part))
    return rows


def alike_pupils(user: Viewer, text: str) -> list[Pupil]:
    """Whom a slip of the pen may have meant: every word of `text` is like one of the name, the likest first.

    Parts that name a class must still fit. One query; none for what has no word of three letters.
    """
    parts = _parts(text)
    words = [name_key(part) for part in parts if len(part) >= _SHORTEST and name_key(part).replace("-", "").isalpha()]
    if not words:
        return []
    rows = _rows(user)
    likeness: list[Combinable] = []
    for number, word in enumerate(words):
        name = f"like_{number}"
        rows = rows.annotate(**{name: TrigramWordSimilarity(word, "sort_key")}).filter(**{f"{name}__gte": _ALIKE_FROM})
        likeness.append(F(name))
    for part in parts:
        if _CLASS.fullmatch(class_key(part)):
            rows = rows.filter(_has(part))
    return list(rows.order_by(_sum(likeness).desc(), "sort_key", "pk")[:ALIKE])  # type: ignore[attr-defined]


def _sum(terms: Sequence[Combinable]) -> Combinable:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total + 0


def found_others(user: Viewer, text: str) -> list[SearchHit]:
    """Classes whose page the person may open, and colleagues by every part of their name; two queries."""
    parts = _parts(text)
    if not parts or not can_see_school(user):
        return []
    return [*_classes(user, parts), *_staff(user, parts)]


def _classes(user: Viewer, parts: Sequence[str]) -> list[SearchHit]:
    key = class_key("".join(parts))
    if not _CLASS.fullmatch(key):
        return []
    letter = key.lstrip("0123456789")
    rows = classes_for(user).filter(grade=int(key.removesuffix(letter)))
    found = rows.filter(letter__iexact=letter) if letter else rows
    return [SearchHit(f"{one} класс", "класс", reverse("desk:class", args=[one.pk])) for one in found[:OTHERS]]


def _staff(user: Viewer, parts: Sequence[str]) -> list[SearchHit]:
    school, today = access_of(user).school, access_of(user).today
    rows = Staff.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=today), school=school)
    for part in parts:
        rows = rows.filter(sort_key__contains=name_key(part))
    return [
        SearchHit(one.full_name, "сотрудник", reverse("school:staff_member", args=[one.pk])) for one in rows[:OTHERS]
    ]


def _parts(text: str) -> list[str]:
    return text.replace("\0", "")[:LONGEST].split()


def _rows(user: Viewer) -> QuerySet[Any]:
    judged = PupilCategory.objects.filter(pupil=OuterRef("pk"), unrated=False).order_by(
        "-period__starts", "-period__number"
    )
    return pupil_rows(user, presence=Presence.ALL).annotate(category=Subquery(judged.values("category")[:1]))


def _has(part: str) -> Any:
    key = class_key(part)
    if _CLASS.fullmatch(key):
        letter = key.lstrip("0123456789")
        seat = Q(seat_grade=int(key.removesuffix(letter)))
        return (seat & Q(seat_letter__iexact=letter) if letter else seat) | Q(external_id=part)
    return Q(sort_key__contains=name_key(part)) | Q(external_id=part)
