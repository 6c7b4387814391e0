"""Choosing pupils by the beginning of a surname: what several pages about councils share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from school.models import Pupil, User
from school.permissions import can_keep_consents
from school.purposes import Purpose
from school.selectors_consents import consent_for
from school.selectors_pupils import pupil_rows
from school.views.base import asked

_MOST = 20


@dataclass(frozen=True)
class PickPage:
    """The page: what for, where it belongs, where a chosen pupil leads, who is chosen already, where to go on."""

    heading: str
    up: tuple[str, str]
    leads: Callable[[Pupil], str]
    told: str = ""
    chosen: Sequence[Pupil] = ()
    forth: str = ""


def pick(request: HttpRequest, user: User, page: PickPage) -> HttpResponse:
    """Pupils found among those whom the person sees, each a link."""
    find = asked(request, "find")
    known = {one.pk for one in page.chosen}
    rows = list(pupil_rows(user, text=find)[: _MOST + 1]) if find else []
    shown = {
        "page": page,
        "find": find,
        "found": [(row, page.leads(row)) for row in rows[:_MOST] if row.pk not in known],
        "more": len(rows) > _MOST,
        "kept": request.GET.getlist("pupil"),
    }
    return render(request, "consultations/pick.html", shown)


def consented(pupil: Pupil, day: date) -> bool:
    """Whether the parents have consented to psychological and pedagogical help on that day."""
    return consent_for(pupil, Purpose.PSYCHOLOGICAL_HELP, day) is not None


def no_consent(request: HttpRequest, pupil: Pupil, up: tuple[str, str]) -> HttpResponse:
    """The page that says which consent is missing and leads to its blank."""
    assert isinstance(request.user, User)
    shown = {
        "pupil": pupil,
        "up": up,
        "purpose": Purpose.PSYCHOLOGICAL_HELP,
        "keeps": can_keep_consents(request.user, pupil),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "consultations/no_consent.html", shown, status=status)
