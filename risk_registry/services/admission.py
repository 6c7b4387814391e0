"""Who passed the interview and the essay, a class at once."""

from collections.abc import Mapping
from datetime import date

from common.authorship import deed
from common.errors import Refused
from risk_registry.debts import TrialKind
from risk_registry.models import FinalTrial
from risk_registry.rules.admission import FINAL_GRADES, trial_of
from school.models import Enrolment, SchoolClass, User


@deed
def trials_set(*, by: User, school_class: SchoolClass, on: date, passed: Mapping[int, bool | None]) -> int:
    """Write down a class's sitting of a day: True and False by pupil, None for who did not sit; how many changed.

    Raises `Refused` for a class of another grade than 9 and 11, a day to come or of another year, a stranger's key.
    """
    if school_class.grade not in FINAL_GRADES:
        raise Refused("Итоговое собеседование проводят в 9 классах, итоговое сочинение — в 11.")
    school, year = school_class.school, school_class.year
    if on > school.today():
        raise Refused("Этот день ещё не наступил.")
    if not year.starts <= on <= year.ends:
        raise Refused(f"День не из {year.title} учебного года.")
    seated = set(Enrolment.objects.filter(school_class=school_class, pupil__in=passed).values_list("pupil", flat=True))
    if seated != set(passed):
        raise Refused("Состав класса изменился: обновите страницу и введите заново.")
    return _write(by, school_class, trial_of(school_class.grade), on, passed)


def _write(by: User, school_class: SchoolClass, kind: TrialKind, on: date, passed: Mapping[int, bool | None]) -> int:
    rows = FinalTrial.objects.select_for_update().filter(pupil__in=passed, kind=kind, on=on).order_by("pk")
    known = {row.pupil_id: row for row in rows}
    changed = 0
    for pupil, value in passed.items():
        row = known.get(pupil)
        if (None if row is None else row.passed) == value:
            continue
        changed += 1
        if value is None:
            FinalTrial.objects.filter(pk=known[pupil].pk).delete()
        elif row is not None:
            row.passed, row.by, row.at = value, by, school_class.school.now()
            row.save()
        else:
            FinalTrial.objects.create(
                school=school_class.school,
                year=school_class.year,
                pupil_id=pupil,
                kind=kind,
                on=on,
                passed=value,
                by=by,
                at=school_class.school.now(),
            )
    return changed
