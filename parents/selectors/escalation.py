"""Decisions about families as pages show them. All texts are read here, and each reading is logged first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from iom.selectors.work import seat_on
from parents.escalation_words import FactKind, StepKind, StepState
from parents.models import Conversation, FamilyCase, FamilyFact, FamilyPrint, FamilyStep, Notice
from parents.permissions_escalation import (
    can_decide_family_step,
    can_open_family_case,
    can_print_for_commission,
)
from parents.rules.escalation import Fact, NoticeTold, TalkTold, notice_fact, talk_fact
from parents.words import NoticeState
from school.access import Viewer
from school.models import AcademicYear, Pupil, User
from school.restricted import restricted_kind
from school.services.reading import log_reading
from school.shared import TimelineItem

FAMILY_CASE = restricted_kind("family_case", "решения по семье")
FAMILY_LIST = restricted_kind("family_list", "список решений по семьям")
FAMILY_FILE = restricted_kind("family_file", "материалы для комиссии")
_ADDRESS = {FactKind.TALK: "parents:talk", FactKind.NOTICE: "notices:notice"}


def facts_about(user: User, pupil: Pupil, year: AcademicYear, today: date) -> list[Fact]:
    """Of this pupil, for a person who looks at the pupil: talks without a result, notices without an answer or
    declined, of the year; only those that the person sees. Two queries."""
    talks = Conversation.objects.visible_to(user).filter(pupil=pupil, year=year, withdrawn_at__isnull=True)
    notices = Notice.objects.visible_to(user).filter(pupil=pupil, year=year).exclude(state=NoticeState.WITHDRAWN)
    found = [
        talk_fact(
            TalkTold(row.pk, row.on, row.occasion, row.agreed, row.due, row.kept_on is not None, row.signed), today
        )
        for row in talks
    ]
    found += [
        notice_fact(NoticeTold(row.pk, row.number, row.on, row.get_kind_display(), row.state, row.reply_by), today)
        for row in notices
    ]
    return sorted((fact for fact in found if fact is not None), key=lambda fact: (fact.on, fact.key))


def kept_fact(row: FamilyFact) -> Fact:
    """A ticked fact as it was kept."""
    return Fact(FactKind(row.kind), row.row, row.on, row.words)


@dataclass(frozen=True)
class StepLine:
    """A step with what the person may do with it."""

    step: FamilyStep
    late: bool
    ends: bool

    @property
    def waits(self) -> bool:
        """Whether it has no outcome yet."""
        return self.step.state == StepState.OPEN

    @property
    def sent(self) -> str:
        """What carries the step: «направление: в работе», «ходатайство: в повестке»; empty for the commission."""
        if self.step.referral is not None:
            return f"направление: {self.step.referral.get_state_display().lower()}"
        if self.step.petition is not None:
            return f"ходатайство: {self.step.petition.get_state_display().lower()}"
        return ""


@dataclass(frozen=True)
class CasePage:
    """A case with its facts (each with the address of what it was counted from), steps, prints."""

    case: FamilyCase
    facts: tuple[tuple[FamilyFact, str], ...]
    steps: tuple[StepLine, ...]
    prints: tuple[FamilyPrint, ...]
    edits: bool
    kinds: tuple[StepKind, ...]
    prints_file: bool


def case_seen(user: User, key: int) -> FamilyCase | None:
    """The case whose words the person is about to read; the reading is logged first. None for what is not theirs."""
    pupil = FamilyCase.objects.visible_to(user).filter(pk=key).values_list("pupil", flat=True).first()
    if pupil is None:
        return None
    log_reading(by=user, pupils=[pupil], what=FAMILY_CASE)
    rows = FamilyCase.objects.visible_to(user)
    return rows.select_related("pupil__school", "school", "year", "opened_by__staff", "ended_by__staff").get(pk=key)


def case_page(user: User, case: FamilyCase) -> CasePage:
    """Of a case from `case_seen`. Three queries."""
    today, pupil = case.school.today(), case.pupil
    edits = case.is_open and can_open_family_case(user, pupil)
    related = ("decided_by__staff", "ended_by__staff", "referral", "petition")
    steps = list(case.steps.select_related(*related))
    waiting = {step.kind for step in steps if step.state == StepState.OPEN}
    return CasePage(
        case=case,
        facts=tuple((row, reverse(_ADDRESS[FactKind(row.kind)], args=[row.row])) for row in case.facts.all()),
        steps=tuple(
            StepLine(
                step,
                step.state == StepState.OPEN and step.due is not None and step.due < today,
                case.is_open
                and step.state == StepState.OPEN
                and can_decide_family_step(user, pupil, StepKind(step.kind)),
            )
            for step in steps
        ),
        prints=tuple(case.prints.select_related("by__staff")),
        edits=edits,
        kinds=tuple(
            kind
            for kind in StepKind
            if case.is_open and kind.value not in waiting and can_decide_family_step(user, pupil, kind)
        ),
        prints_file=case.is_open and can_print_for_commission(user, pupil),
    )


def family_cases(user: User, *, state: str = "", pupil: int | None = None) -> QuerySet[Any]:
    """Cases with `seat`, `waiting` (open steps) and `due` (the nearest term), without their texts. One query."""
    rows = FamilyCase.objects.visible_to(user)
    if state:
        rows = rows.filter(state=state)
    if pupil is not None:
        rows = rows.filter(pupil=pupil)
    waits = Q(steps__state=StepState.OPEN)
    told = rows.annotate(
        seat=Subquery(seat_on("pupil", "opened_on")),
        waiting=Count("steps", filter=waits),
        due=Min("steps__due", filter=waits),
    )
    ordered = told.order_by("-opened_on", "-pk").defer("grounds", "outcome_text")
    return ordered.select_related("pupil", "school", "opened_by__staff")


def list_logged(user: User, rows: Sequence[FamilyCase]) -> None:
    """That there is a case is restricted too: who saw whom in the list."""
    log_reading(by=user, pupils=[row.pupil_id for row in rows], what=FAMILY_LIST)


# On the pupil's page: with the pupil's own query.


def with_family_steps(pupils: QuerySet[Pupil], user: Viewer) -> QuerySet[Any]:
    """Pupils with the steps that the person may know of, for `family_items`; no query of its own."""
    rows = FamilyStep.objects.visible_to(user).filter(pupil=OuterRef("pk")).exclude(state=StepState.WITHDRAWN)
    told = JSONObject(on="decided_on", kind="kind", state="state", case="case")
    return pupils.annotate(family_json=ArraySubquery(rows.order_by("decided_on", "pk").values(told=told)))


def family_items(pupil: Pupil, year: AcademicYear | None) -> list[TimelineItem]:
    """That the school turned to somebody, never why; of the year."""
    rows: list[Mapping[str, Any]] = getattr(pupil, "family_json", None) or []
    items = [
        TimelineItem(
            date.fromisoformat(row["on"]),
            "step",
            "Решение по семье:",
            f"{StepKind(row['kind']).label}: {StepState(row['state']).label.lower()}",
            url=reverse("family:case", args=[row["case"]]),
        )
        for row in rows
    ]
    return [item for item in items if year is not None and year.starts <= item.on <= year.ends]
