"""What the registry adds to the story of a pupil: signals, and the steps of the registry's entries."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.timezone import localtime

from risk_registry.categories import Category, SignalState
from risk_registry.models import RegistryStep, Signal
from risk_registry.rules import Thresholds
from risk_registry.selectors.evidence import step_words
from risk_registry.selectors.signals import raised_on
from school.models import AcademicYear, Pupil
from school.shared import TimelineItem


def signal_items(signals: Iterable[Signal], thresholds: Thresholds) -> list[TimelineItem]:
    """Each signal on the day of the mark that raised it, and its end; signals with `subject` and `period` read."""
    items = []
    for signal in signals:
        about = f"{signal.get_rule_display().lower()}, {signal.subject.name}"
        items.append(TimelineItem(raised_on(signal, thresholds), "signal", "Сигнал:", about))
        if signal.state == SignalState.CLOSED and signal.closed_at is not None:
            about = f"{signal.subject.name}, {signal.period.title}: двоек стало меньше"
            items.append(TimelineItem(localtime(signal.closed_at).date(), "deed", "Сигнал закрыт:", about))
    return items


def registry_items(pupil: Pupil, year: AcademicYear) -> list[TimelineItem]:
    """What was decided on the pupil's entries of the year; `pupil` was found through `visible_to`. One query."""
    steps = RegistryStep.objects.filter(entry__pupil=pupil, entry__period__year=year)
    return [_step(step) for step in steps.select_related("entry__period", "by__staff").order_by("at", "version")]


def _step(step: RegistryStep) -> TimelineItem:
    entry = step.entry
    # A step that the marks made says in its comment which category they proposed.
    alone = step.by is None
    category = step.comment if alone and step.comment else Category(entry.category).label
    text = f"{step_words(step)}, {category.lower()}, {entry.period.title}"
    return TimelineItem(
        on=localtime(step.at).date(),
        kind="step",
        title="Реестр:",
        text=text if alone or not step.comment else f"{text}. {step.comment}",
        by="по отметкам" if step.by is None else step.by.display_name,
        url=reverse("registry:entry", args=[entry.pk]),
    )
