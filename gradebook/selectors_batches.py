"""Reads of the pages of imports."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from documents.models import UNFINISHED, Job, JobState
from gradebook.selectors import covered_until, data_as_of
from school.access import Viewer, access_of, classes_for, pupils_for
from school.models import Enrolment, ImportBatch, Period, Pupil, School
from school.rules import academic_year_of

_YEARS_BACK = 3  # a page offers so many earlier years; older ones are named by the files themselves


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


def seats_of(pupils: QuerySet[Pupil], day: date) -> dict[int, str]:
    """In which class each of the pupils sits on that day, by their keys."""
    seats = Enrolment.objects.on(day).filter(pupil__in=pupils).select_related("school_class")
    return {seat.pupil_id: str(seat.school_class) for seat in seats}


def pupils_to_choose(user: Viewer) -> dict[str, int]:
    """Keys of the pupils whom the person sees, by «Белова Ева Артёмовна, 7А»; namesakes have their birth date too."""
    today = access_of(user).today
    if today is None:
        return {}
    everybody = pupils_for(user)
    classes = seats_of(everybody, today)
    named = [(f"{pupil.full_name}, {classes.get(pupil.pk, 'не обучается')}", pupil) for pupil in everybody]
    repeated = Counter(label for label, _ in named)
    return {f"{label}, {_apart(pupil)}" if repeated[label] > 1 else label: pupil.pk for label, pupil in named}


def _apart(pupil: Pupil) -> str:
    return f"{pupil.birth_date:%d.%m.%Y}" if pupil.birth_date else pupil.external_id or str(pupil.pk)


def fresh_classes(user: Viewer) -> list[FreshClass]:
    """«Данные на …» by class; classes below the first grade with marks are left out."""
    today = access_of(user).today
    if today is None:
        return []
    marked = classes_for(user).filter(grade__gte=F("school__settings__marks_from_grade"))
    classes = list(marked.annotate(stale_after=F("school__settings__stale_after_days"), covered=covered_until("pk")))
    without_files = data_as_of([each for each in classes if each.covered is None])
    return [_fresh(each, each.covered or without_files[each.pk], today) for each in classes]


def _fresh(school_class: Any, day: date | None, today: date) -> FreshClass:
    due = today - timedelta(days=school_class.stale_after)
    return FreshClass(school_class.pk, str(school_class), day, day is None or day < due)


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
    begun = Period.objects.filter(year__school=school, year__starts__lte=school.today(), system=F("year__main_system"))
    newest = begun.order_by("-year__start").values("year")[:1]
    return list(begun.filter(year__in=newest).select_related("year").order_by("number"))


def years_to_name(school: School) -> list[int]:
    """The years that a person may name for files that do not: the school's own, and those that files may open."""
    now = academic_year_of(school.today())
    own = set(school.years.filter(start__lte=now).values_list("start", flat=True))
    return sorted(own | set(range(now - _YEARS_BACK, now)), reverse=True)


def totals_of(summary: dict[str, Any]) -> list[dict[str, Any]]:
    """Counts of the whole batch by kind of facts, for the table «Что изменится»."""
    titles = {
        "marks": "Отметки",
        "absences": "Пропуски",
        "period_results": "Итоги периодов",
        "assessment_results": "Оценочные процедуры",
    }
    rows = []
    for kind, title in titles.items():
        counts = dict.fromkeys(("created", "updated", "removed", "unchanged"), 0)
        for file in summary.get("files", []):
            for name in counts:
                counts[name] += file[kind][name]
        rows.append({"kind": kind, "title": title, **counts})
    return rows
