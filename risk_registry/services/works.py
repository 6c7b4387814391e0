"""What is done about the alarm of external works."""

from collections.abc import Collection
from datetime import date

from common.authorship import deed
from common.errors import Refused
from risk_registry.models import WorksReview
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
