"""Debts as a table: a second attempt without commission is refused, a third is refused, illness extends the year."""

from datetime import date

import pytest

from common.errors import Refused
from risk_registry.debts import Outcome, PauseKind
from risk_registry.services.debt_attempts import pause_add
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.debt_making import BOARD, conclude, fresh, owe, plan

pytestmark = pytest.mark.django_db
ONE = ("Лаптев И. И.",)
FAILED, ABSENT, ILL = Outcome.FAILED, Outcome.ABSENT, Outcome.ILL
SICK = (date(2026, 9, 7), date(2026, 9, 26))

# attempts so far | who holds the next one | days of illness | which attempt it is, or why it is refused | the term
TABLE = [
    ((), ONE, None, 1, date(2027, 9, 2)),
    ((FAILED,), ONE, None, "комиссия", date(2027, 9, 2)),
    ((FAILED,), BOARD, None, 2, date(2027, 9, 2)),
    ((ABSENT,), BOARD, None, 2, date(2027, 9, 2)),
    ((FAILED, FAILED), BOARD, None, "третьей закон не даёт", date(2027, 9, 2)),
    ((ILL,), ONE, None, 1, date(2027, 9, 2)),
    ((FAILED, ILL), BOARD, None, 2, date(2027, 9, 2)),
    ((), ONE, SICK, 1, date(2027, 9, 22)),
]


@pytest.mark.parametrize(("attempts", "members", "sick", "comes", "due"), TABLE)
def test_attempts_are_two_the_second_before_a_commission_and_illness_extends_the_year(
    attempts: tuple[Outcome, ...],
    members: tuple[str, ...],
    sick: tuple[date, date] | None,
    comes: int | str,
    due: date,
) -> None:
    school = make_school()
    deputy = make_staff(school, "Ермолаева Софья", "deputy", login="zavuch").user
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    debt = owe(deputy, pupil)
    for number, outcome in enumerate(attempts):
        conclude(deputy, plan(deputy, debt, date(2026, 10, 1 + number), *BOARD), outcome)
    if sick is not None:
        pause_add(by=deputy, pupil=pupil, kind=PauseKind.ILLNESS, starts=sick[0], ends=sick[1], paper="справка № 1")
    assert fresh(debt).due == due
    if isinstance(comes, int):
        assert plan(deputy, debt, date(2026, 11, 9), *members).number == comes
    else:
        with pytest.raises(Refused, match=comes):
            plan(deputy, debt, date(2026, 11, 9), *members)
