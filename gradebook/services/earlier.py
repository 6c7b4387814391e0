"""What an import of an earlier year made beside facts: the year, its classes and places; and taking it back."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Model, QuerySet

from common.events import publish
from gradebook.events import EarlierYearUnmade
from gradebook.imports.schoolbook import Schoolbook
from gradebook.models import Absence, AssessmentResult, Coverage, Mark, NameMatch, PeriodResult
from school.models import AcademicYear, Enrolment, ImportBatch, ImportChange, Period, School, SchoolClass
from school.services.dependents import dependents_of, total_by_words
from school.services.organisation import year_create


def earlier_years_keep(book: Schoolbook, batch: ImportBatch) -> None:
    """Remember what the batch made, so that it can be taken back."""
    made: list[Model] = list(book.opened)
    for _, seating in book.seatings:
        made += [*seating.classes, *seating.seats]
    ImportChange.objects.bulk_create(
        ImportChange(batch=batch, table=row._meta.db_table, row=row.pk, before=None) for row in made
    )


def earlier_year_open(batch: ImportBatch, start: int, *, main: str, upper: str) -> AcademicYear:
    """A year to which a person's decision about a row of the batch belongs, before anything is written."""
    year = year_create(school=batch.school, start=start, main=main, upper=upper)
    ImportChange.objects.create(batch=batch, table=AcademicYear._meta.db_table, row=year.pk, before=None)
    return year


def earlier_years_take_back(batch: ImportBatch) -> None:
    """Places, classes and years that it and other undone batches made go, each where nothing else uses it by now."""
    changes = _left_behind(batch.school)
    if not changes.exists():
        return
    seats = list(Enrolment.objects.filter(pk__in=_made(changes, Enrolment)).select_related("school_class"))
    for year in AcademicYear.objects.filter(pk__in={seat.school_class.year_id for seat in seats}):
        idle = [seat.pk for seat in seats if seat.school_class.year_id == year.pk]
        Enrolment.objects.filter(pk__in=idle).exclude(pupil__in=_told_of(year)).delete()
    years = list(AcademicYear.objects.filter(pk__in=_made(changes, AcademicYear)).select_related("school"))
    undone = ImportBatch.objects.filter(school=batch.school, state__in=_NOT_IN_FORCE)
    Coverage.objects.filter(batch__in=undone, year__in=years).delete()
    for year in years:
        publish(EarlierYearUnmade(batch.school, year))
    _delete_unused(SchoolClass, _made(changes, SchoolClass))
    undone.filter(year__in=years).update(year=None)
    for year in years:
        _delete_year(year)


_NOT_IN_FORCE = (ImportBatch.State.UNDONE, ImportBatch.State.DISCARDED)


def _left_behind(school: School) -> QuerySet[ImportChange]:
    """What batches made that are not in force any more."""
    batches = {"batch__kind": ImportBatch.Kind.GRADEBOOK, "batch__state__in": _NOT_IN_FORCE}
    return ImportChange.objects.filter(batch__school=school, before__isnull=True, **batches)


def _made(changes: QuerySet[ImportChange], model: type[Model]) -> list[int]:
    return list(changes.filter(table=model._meta.db_table).values_list("row", flat=True))


def _told_of(year: AcademicYear) -> set[int]:
    """Pupils of whom some fact of the year is left."""
    facts = (Mark, Absence, PeriodResult, AssessmentResult)
    return {pupil for model in facts for pupil in model.objects.filter(year=year).values_list("pupil", flat=True)}


def _delete_unused(model: type[SchoolClass], keys: Sequence[int]) -> None:
    used = {key for key, _, _ in dependents_of(model, keys, {})}
    model.objects.filter(pk__in=set(keys) - used).delete()


def _delete_year(year: AcademicYear) -> None:
    """With its periods and the names that people settled in it."""
    periods = set(year.periods.values_list("pk", flat=True))
    with transaction.atomic():
        NameMatch.objects.filter(year=year).delete()
        used = [words for _, words, _ in dependents_of(AcademicYear, [year.pk], {"period": periods})]
        if used or total_by_words(Period, sorted(periods)):
            transaction.set_rollback(True)
        else:
            year.delete()
