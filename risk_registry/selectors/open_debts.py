"""Open academic debts as other parts of the year ask for them: the start list, the change of year, admission."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from risk_registry.debts import OPEN_STATES, DebtState
from risk_registry.models import AcademicDebt
from school.models import School


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A debt that a person has confirmed and that was not cleared on the day. Keys, with the subject's name.

    `year` and `period` are those whose result made it, `school_class` that of then. `ended`: it was not cleared in its
    term; `choice` then is the parents' (`debts.Choice`), empty while they have not chosen. `order_number` and
    `order_date`: of the conditional transfer, empty and None without one.
    """

    key: int
    pupil: int
    subject: int
    subject_name: str
    year: int
    period: int | None
    school_class: int
    arose: date
    due: date
    ended: bool
    choice: str
    order_number: str
    order_date: date | None

    @property
    def conditional(self) -> bool:
        """Whether the pupil was transferred conditionally by an order."""
        return bool(self.order_number)


def open_debts(school: School, day: date, *, pupils: Collection[int] | None = None) -> list[OpenDebt]:
    """Debts of the whole school that were open at the end of the day, by pupil and subject; one query.

    Not narrowed by who asks: whoever shows them begins at `visible_to`.
    """
    later = Q(state=DebtState.CLEARED, cleared_on__gt=day)
    rows = AcademicDebt.objects.filter(Q(state__in=OPEN_STATES) | later, school=school, arose__lte=day)
    if pupils is not None:
        rows = rows.filter(pupil__in=pupils)
    return [_open(row) for row in rows.select_related("subject").order_by("pupil", "subject__sort_key", "arose", "pk")]


def _open(row: AcademicDebt) -> OpenDebt:
    return OpenDebt(
        key=row.pk,
        pupil=row.pupil_id,
        subject=row.subject_id,
        subject_name=row.subject.name,
        year=row.year_id,
        period=row.period_id,
        school_class=row.school_class_id,
        arose=row.arose,
        due=row.due,
        ended=row.state == DebtState.NOT_CLEARED,
        choice=row.choice,
        order_number=row.order_number,
        order_date=row.order_date,
    )
