"""Who and what stands behind a number, as far as the person may see it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from common.russian import date_short
from iom.models import MentoringPair, PartnerAgreement, Program
from monitoring.computations.base import Name, Namer
from school.access import Viewer, pupils_for
from school.models import Enrolment, Pupil, Staff
from teaching.permissions import can_read_all


def pupils(day: date) -> Namer:
    """Visible pupils with their classes of the day, by class and name."""

    def named(rows: QuerySet[Pupil], user: Viewer) -> Iterable[Name]:
        seats = Enrolment.objects.on(day).filter(pupil=OuterRef("pk")).order_by()
        visible: Any = rows.filter(pk__in=pupils_for(user).order_by().values("pk"))
        seat = ArraySubquery(seats.values("school_class__name")[:1])
        grade = ArraySubquery(seats.values("school_class__grade")[:1])
        for row in visible.annotate(seat=seat, grade=grade).order_by("grade", "seat", "sort_key", "pk"):
            yield Name(row.list_name, "".join(row.seat), reverse("desk:pupil", args=[row.pk]))

    return named


def staff(rows: QuerySet[Staff], user: Viewer) -> Iterable[Name]:
    """People by name, for those who read records of all; nobody is ranked."""
    if can_read_all(user):
        yield from (Name(row.list_name) for row in rows.order_by("sort_key", "pk"))


def programs(rows: QuerySet[Program], user: Viewer) -> Iterable[Name]:
    """Programs by title; they name no pupil."""
    for row in rows.order_by("title", "pk"):
        yield Name(row.title, row.get_kind_display(), reverse("programs:program", args=[row.pk]))


def pairs(rows: QuerySet[MentoringPair], user: Viewer) -> Iterable[Name]:
    """Pairs that the person may see."""
    visible = rows.filter(pk__in=MentoringPair.objects.visible_to(user).values("pk"))
    told = visible.select_related("mentor", "mentor_pupil", "pupil", "subject")
    for row in told.order_by("begins", "pk"):
        leader, led = row.mentor or row.mentor_pupil, row.pupil
        about = row.subject.name if row.subject is not None else ""
        url = reverse("mentoring:pair", args=[row.pk])
        yield Name(f"{leader.short_name if leader else ''} — {led.short_name if led else ''}", about, url)


def agreements(rows: QuerySet[PartnerAgreement], user: Viewer) -> Iterable[Name]:
    """Agreements with partners, the newest first."""
    for row in rows.select_related("partner").order_by("-signed_on", "pk"):
        yield Name(row.partner.name, f"№ {row.number} от {date_short(row.signed_on)}", reverse("programs:partners"))
