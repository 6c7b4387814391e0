"""Finding a pupil by what one remembers of the name."""

import re
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from common.names import class_key, name_key
from risk_registry.models import PupilCategory
from school.access import Viewer
from school.models import Pupil
from school.selectors_pupils import Presence, pupil_rows

LONGEST = 100
_CLASS = re.compile(r"\d{1,2}[А-ЯЁ]?")


def found_pupils(user: Viewer, text: str) -> QuerySet[Pupil]:
    """Pupils, present and former, whom the person may see and whose name has every part of `text`; by name.

    ё and е are the same, so are look-alike Latin letters; «ковт мат» finds Ковтун Матвей, «ковтун 7а» the one of 7А, a
    number the one with that number in the e-journal. Each has `seat_title`, `seat_ends` and `category` (of the newest
    period that says anything).
    """
    parts = text[:LONGEST].split()
    judged = PupilCategory.objects.filter(pupil=OuterRef("pk"), unrated=False).order_by("-period__starts")
    rows = pupil_rows(user, presence=Presence.ALL).annotate(category=Subquery(judged.values("category")[:1]))
    if not parts:
        return rows.none()
    for part in parts:
        rows = rows.filter(_has(part))
    return rows


def _has(part: str) -> Any:
    key = class_key(part)
    if _CLASS.fullmatch(key):
        letter = key.lstrip("0123456789")
        seat = Q(seat_grade=int(key.removesuffix(letter)))
        return (seat & Q(seat_letter__iexact=letter) if letter else seat) | Q(external_id=part)
    return Q(sort_key__contains=name_key(part)) | Q(external_id=part)
