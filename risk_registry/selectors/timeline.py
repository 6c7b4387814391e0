"""What the registry adds to the story of a pupil: signals, and the steps of the registry's entries."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate

from gradebook.models import AssessmentResult, ProcedureState
from risk_registry.categories import Category, SignalState
from risk_registry.models import Deed, RegistryStep, Signal
from risk_registry.selectors.evidence import step_words
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem


def signal_items(signals: Iterable[Signal]) -> list[TimelineItem]:
    """Each signal on the day that raised it, and its end; signals with `subject` and `period` read."""
    items = []
    for signal in signals:
        rule, subject = signal.get_rule_display(), signal.subject
        about = f"{rule.lower()}, {subject.name}" if subject is not None else rule.lower()
        items.append(TimelineItem(signal.since, "signal", "Сигнал:", about))
        if signal.state == SignalState.CLOSED and signal.closed_at is not None:
            why = (getattr(signal, "end", "") or "больше не подтверждается").lower()
            about = f"{about}, {signal.period.title}: {why}"
            items.append(TimelineItem(localdate(signal.closed_at), "deed", "Сигнал закрыт:", about))
    return items


def deed_items(pupil: Pupil, year: AcademicYear) -> list[TimelineItem]:
    """What was done for the pupil in the year; `pupil` was found through `visible_to`. One query."""
    deeds = Deed.objects.filter(pupil=pupil, on__range=(year.starts, year.ends)).select_related("subject", "by__staff")
    return [_deed(deed) for deed in deeds.order_by("on", "pk")]


def _deed(deed: Deed) -> TimelineItem:
    text = ". ".join(part for part in (deed.subject.name if deed.subject else "", deed.text) if part)
    return TimelineItem(deed.on, "deed", f"{deed.get_kind_display()}:", text, by=deed.by.display_name)


def registry_items(pupil: Pupil, year: AcademicYear) -> list[TimelineItem]:
    """What was decided on the pupil's entries of the year; `pupil` was found through `visible_to`. One query."""
    steps = RegistryStep.objects.filter(entry__pupil=pupil, entry__period__year=year)
    return [_step(step) for step in steps.select_related("entry__period", "by__staff").order_by("at", "version")]


def _step(step: RegistryStep) -> TimelineItem:
    entry = step.entry
    # A step that the marks made says in its comment which category they proposed.
    alone = step.by is None
    category = step.comment if alone and step.comment else Category(entry.category).label
    text = f"{step_words(step)}, {category.lower()}, {entry.period.title_inside}"
    return TimelineItem(
        on=localdate(step.at),
        kind="step",
        title="Реестр:",
        text=text if alone or not step.comment else f"{text}. {step.comment}",
        by="по отметкам" if step.by is None else step.by.display_name,
        url=reverse("registry:entry", args=[entry.pk]),
    )


def works_told(year: str, pupil: int) -> ArraySubquery:
    """For a query about years: what the pupil got for the year's assessment procedures, for `work_items`."""
    rows = AssessmentResult.objects.filter(
        pupil=pupil, year=OuterRef(year), mark__isnull=False, procedure__date__isnull=False
    ).exclude(procedure__state=ProcedureState.CANCELLED)
    told = JSONObject(
        on="procedure__date",
        title="procedure__title",
        subject="procedure__subject__name",
        mark="mark",
        journal="journal_mark",
    )
    return ArraySubquery(rows.order_by("procedure__date", "pk").values(told=told))


def work_items(told: Iterable[Mapping[str, Any]]) -> list[TimelineItem]:
    """How the pupil wrote the assessment procedures of the year; `told` are those of `works_told`. No query."""
    items = []
    for work in told:
        beside = f", по журналу {work['journal']}" if work["journal"] is not None else ""
        text = f"{work['title']}, {work['subject']}: {work['mark']}{beside}"
        items.append(TimelineItem(date.fromisoformat(work["on"]), "result", "Оценочная процедура:", text))
    return items
