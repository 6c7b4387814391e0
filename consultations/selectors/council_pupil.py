"""Councils about one pupil, for whoever sees the pupil: as much as the person may know of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from consultations.council_reading import COUNCIL, PMPK
from consultations.councils import SHORT, Agreement, CouncilKind, SittingState
from consultations.models import (
    Conclusion,
    CouncilDecision,
    MediationCase,
    Petition,
    PmpkReferral,
    Sitting,
    SittingQuestion,
)
from school.access import Viewer, access_of
from school.models import AcademicYear, Pupil, User
from school.permissions import leads_class_of
from school.purposes import Purpose
from school.selectors_consents import consent_for
from school.services.reading import log_reading
from school.shared import TimelineItem


@dataclass(frozen=True)
class Discussed:
    """A sitting at which the pupil was spoken of, or will be. Words are empty where they are not the person's."""

    question: SittingQuestion
    sitting: Sitting
    council: str
    opens: bool
    decisions: tuple[CouncilDecision, ...]
    conclusion: Conclusion | None
    findings: str
    advice: str
    read: bool

    @property
    def agreement(self) -> str:
        """«согласны частично»; empty while the parents have not answered."""
        found = self.conclusion
        return Agreement(found.agreement).label if found is not None and found.agreement else ""


@dataclass(frozen=True)
class PupilCouncils:
    """What stands on the page of councils about a pupil."""

    discussed: tuple[Discussed, ...]
    petitions: tuple[Petition, ...]
    referrals: tuple[PmpkReferral, ...]
    cases: tuple[MediationCase, ...]
    consent: bool


def pupil_councils(user: User, pupil: Pupil) -> PupilCouncils:
    """Of a visible pupil. Where words are shown, the reading is logged first; a constant number of queries."""
    questions = (
        SittingQuestion.objects.known_to(user).filter(pupil=pupil).exclude(sitting__state=SittingState.CANCELLED)
    )
    known = list(questions.select_related("sitting__council", "conclusion").order_by("-sitting__on", "-pk"))
    inside = set(Sitting.objects.visible_to(user).filter(questions__pupil=pupil).values_list("pk", flat=True))
    leads = leads_class_of(user, pupil)
    referrals = PmpkReferral.objects.visible_to(user).filter(pupil=pupil)
    if referrals.exists():
        log_reading(by=user, pupils=[pupil], what=PMPK)
    if known:
        log_reading(by=user, pupils=[pupil], what=COUNCIL)
    return PupilCouncils(
        discussed=tuple(_discussed(user, known, inside, leads=leads)),
        petitions=tuple(Petition.objects.visible_to(user).filter(pupil=pupil).select_related("by__staff")),
        referrals=tuple(referrals),
        cases=tuple(MediationCase.objects.visible_to(user).filter(parties__pupil=pupil)),
        consent=consent_for(pupil, Purpose.PSYCHOLOGICAL_HELP, pupil.school.today()) is not None,
    )


def _discussed(user: User, known: Sequence[SittingQuestion], inside: set[int], *, leads: bool) -> Iterator[Discussed]:
    """Decisions: all to members and to the class teacher, to others their own. Advice: to whoever knows of it."""
    staff = access_of(user).staff
    rows = CouncilDecision.objects.filter(question__in=known).select_related("responsible")
    decisions: dict[int, list[CouncilDecision]] = {}
    for row in rows:
        decisions.setdefault(row.question_id, []).append(row)
    words = _words(known)
    read = set(_read(known, staff.pk if staff is not None else 0))
    for question in known:
        sitting, conclusion = question.sitting, getattr(question, "conclusion", None)
        whole = leads or sitting.pk in inside
        told = words.get(question.pk, ("", ""))
        yield Discussed(
            question=question,
            sitting=sitting,
            council=SHORT[CouncilKind(sitting.council.kind)],
            opens=sitting.pk in inside,
            decisions=tuple(
                one
                for one in decisions.get(question.pk, [])
                if whole or (staff is not None and one.responsible_id == staff.pk)
            ),
            conclusion=conclusion if sitting.state == SittingState.SIGNED or whole else None,
            findings=told[0] if whole else "",
            advice=told[1] if sitting.state == SittingState.SIGNED or whole else "",
            read=conclusion is not None and conclusion.pk in read,
        )


def _words(known: Sequence[SittingQuestion]) -> dict[int, tuple[str, str]]:
    rows = Conclusion.objects.filter(question__in=known)
    return {key: (findings, advice) for key, findings, advice in _three(rows)}


def _three(rows: QuerySet[Conclusion]) -> QuerySet[Conclusion, tuple[int, str, str]]:
    return rows.values_list("question_id", "words__findings", "words__advice")


def _read(known: Sequence[SittingQuestion], staff: int) -> QuerySet[Conclusion, int]:
    return Conclusion.objects.filter(question__in=known, readers__staff=staff).values_list("pk", flat=True)


# On the pupil's page: with the pupil's own query.


def with_councils(pupils: QuerySet[Pupil], user: Viewer) -> QuerySet[Any]:
    """Pupils with the sittings about them that the person may know of, for `council_items` and `next_sitting`."""
    rows = SittingQuestion.objects.known_to(user).filter(pupil=OuterRef("pk"))
    told = JSONObject(
        on="sitting__on", kind="sitting__council__kind", state="sitting__state", concluded=Exists(_concluded())
    )
    return pupils.annotate(councils_json=ArraySubquery(rows.order_by("sitting__on", "pk").values(told=told)))


def _concluded() -> QuerySet[Conclusion]:
    return Conclusion.objects.filter(question=OuterRef("pk"))


def council_items(pupil: Any, year: AcademicYear | None) -> list[TimelineItem]:
    """That a council has spoken of the pupil, never what was said; of the year."""
    if year is None:
        return []
    url = reverse("councils:pupil", args=[pupil.pk])
    items = []
    for row in getattr(pupil, "councils_json", ()):
        on = date.fromisoformat(row["on"])
        if row["state"] in (SittingState.HELD, SittingState.SIGNED) and year.starts <= on <= year.ends:
            text = "рассмотрен вопрос" + (", есть коллегиальное заключение" if row["concluded"] else "")
            items.append(TimelineItem(on, "step", f"{SHORT[CouncilKind(row['kind'])]}:", text, url=url))
    return items


@dataclass(frozen=True)
class NextSitting:
    """The nearest sitting that will speak of the pupil."""

    council: str
    on: date


def next_sitting(pupil: Any, today: date) -> NextSitting | None:
    """Of a pupil who was read by `with_councils`."""
    for row in getattr(pupil, "councils_json", ()):
        on = date.fromisoformat(row["on"])
        if row["state"] == SittingState.PLANNED and on >= today:
            return NextSitting(SHORT[CouncilKind(row["kind"])], on)
    return None
