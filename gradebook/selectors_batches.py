"""Reads of the pages of imports."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from documents.models import UNFINISHED, Job, JobState
from gradebook.selectors import data_as_of
from school.access import Viewer, access_of, classes_for
from school.models import ImportBatch, Period, School


@dataclass(frozen=True)
class FreshClass:
    """A class with the last lesson that its files cover; `stale` when that is too long ago by the school's setting."""

    pk: int
    name: str
    day: date | None
    stale: bool


def batches_for(user: Viewer) -> QuerySet[ImportBatch]:
    """The batches of the person's school, newest first."""
    school = access_of(user).school
    if school is None:
        return ImportBatch.objects.none()
    return ImportBatch.objects.filter(school=school).select_related("school", "by__staff", "undone_by__staff")


def fresh_classes(user: Viewer) -> list[FreshClass]:
    """«Данные на …» by class; classes below the first grade with marks are left out."""
    access = access_of(user)
    if access.school is None or access.today is None:
        return []
    settings = access.school.settings
    due = access.today - timedelta(days=settings.stale_after_days)
    classes = list(classes_for(user).filter(grade__gte=settings.marks_from_grade))
    days = data_as_of(classes)
    return [
        FreshClass(each.pk, str(each), days[each.pk], (day := days[each.pk]) is None or day < due) for each in classes
    ]


def job_of(batch: ImportBatch) -> Job | None:
    """The work on this batch that is not finished."""
    return (
        Job.objects.filter(Q(params__batch=batch.pk), school=batch.school, state__in=UNFINISHED)
        .order_by("-created_at")
        .first()
    )


def last_failure(batch: ImportBatch) -> str:
    """Why the last work on this batch failed; nothing when it did not."""
    job = Job.objects.filter(params__batch=batch.pk, school=batch.school).order_by("-created_at").first()
    return job.error if job is not None and job.state == JobState.FAILED else ""


def periods_to_name(school: School) -> list[Period]:
    """The periods that a person may name for files that do not."""
    year = school.years.filter(starts__lte=school.today()).order_by("-start").first()
    if year is None:
        return []
    return list(year.periods.filter(system=year.main_system).select_related("year").order_by("number"))


def totals_of(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Counts of the whole batch by kind of facts, for the table «Что изменится»."""
    titles = {
        "marks": "Отметки",
        "absences": "Пропуски",
        "period_results": "Итоги периодов",
        "assessment_results": "Внешние работы",
    }
    rows = []
    for kind, title in titles.items():
        counts = dict.fromkeys(("created", "updated", "removed", "unchanged"), 0)
        for file in summary.get("files", []):
            for name in counts:
                counts[name] += file[kind][name]
        rows.append({"kind": kind, "title": title, **counts})
    return rows
