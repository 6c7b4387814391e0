"""What is done about the alarm of external works."""

from collections.abc import Collection
from datetime import date

from common.authorship import deed
from common.errors import Refused
from gradebook.models import Procedure
from gradebook.services.procedures import procedure_analyse
from risk_registry.causes import causes_of_works
from risk_registry.models import WorkNote, WorksReview
from school.models import AcademicYear, SchoolClass, User


@deed
def works_review_add(
    *, by: User, year: AcademicYear, school_class: SchoolClass | None, procedures: Collection[int], text: str, on: date
) -> WorksReview:
    """Write down that the alarming works (their keys) of a class, or of the school, were looked into.

    Raises `Refused` for a day to come, for no words and for no works.
    """
    school = year.school
    if on > school.today():
        raise Refused("Записать можно то, что уже рассмотрено: этот день ещё не наступил.")
    if not procedures:
        raise Refused("Тревоги больше нет: работы исправлены. Рассматривать нечего.")
    if not text.strip():
        raise Refused("Напишите, где рассмотрели и что решили.")
    return WorksReview.objects.create(
        school=school,
        year=year,
        school_class=school_class,
        procedures=sorted(procedures),
        text=text.strip(),
        on=on,
        by=by,
        at=school.now(),
    )


@deed
def work_note_set(*, by: User, procedure: Procedure, causes: Collection[str], text: str) -> WorkNote:
    """Say why the results are low; the work is analysed by that. Raises `Refused` for nothing said."""
    known = [code for code, _ in causes_of_works() if code in causes]
    if not known and not text.strip():
        raise Refused("Отметьте причину или напишите её словами.")
    procedure_analyse(by=by, procedure=procedure)
    told = {"causes": known, "text": text.strip(), "by": by, "at": procedure.school.now()}
    return WorkNote.objects.update_or_create(
        procedure=procedure, defaults=told, create_defaults={**told, "school": procedure.school}
    )[0]
