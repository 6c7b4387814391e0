"""Debts as a table: a second attempt without commission is refused, a third is refused, illness extends the year."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from common.errors import Refused
from risk_registry.debts import DebtState, Outcome, PauseKind
from risk_registry.models import AcademicDebt
from risk_registry.services.debt_attempts import pause_add
from school.agendas import agenda_of
from school.models import SchoolSettings, User
from school.models.organisation import Attestation
from school.roles import Position
from school.services.settings import thresholds_set
from tests.factories import TODAY, make_class, make_pupil, make_school, make_staff
from tests.risk_registry.debt_making import BOARD, conclude, fresh, owe, plan
from tests.risk_registry.test_debt_proposals import give

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


def test_a_debt_is_proposed_from_attestation_confirmed_by_a_person_and_followed_to_its_end(client: Client) -> None:
    school = make_school()
    deputy = make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch").user
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    give(deputy, pupil, "2", number=1)
    assert not AcademicDebt.objects.exists()  # a quarter's two is none by itself
    give(deputy, pupil, "2")
    debt = AcademicDebt.objects.get()
    assert debt.state == DebtState.PROPOSED
    assert waits(deputy) == ["Подтвердить или отклонить: 1 задолженность"]

    client.force_login(deputy)
    said = {"arose": "2026-09-02"}
    assert client.post(f"{reverse('debts:confirm')}?pick={debt.pk}:{debt.version}", said).status_code == 302
    ordered = {"number": "17-у", "on": "2026-09-03"}
    picked = f"{reverse('debts:order')}?pick={debt.pk}:{fresh(debt).version}"
    assert client.post(picked, ordered).status_code == 302
    assert waits(deputy) == ["Назначить пересдачу: 1 задолженность"]
    conclude(deputy, plan(deputy, debt, date(2026, 10, 1), *ONE), FAILED)
    assert waits(deputy) == ["Назначить комиссию для второй пересдачи: 1 задолженность"]
    conclude(deputy, plan(deputy, debt, date(2026, 11, 2), *BOARD), FAILED)
    assert waits(deputy) == ["Решить: срок или попытки вышли: 1 задолженность"]

    ended = {"version": fresh(debt).version}
    assert client.post(reverse("debts:end", args=[debt.pk]), ended).status_code == 302
    assert waits(deputy) == ["Записать выбор родителей: 1 задолженность"]
    chosen = {"version": fresh(debt).version, "choice": "adapted", "on": "2026-11-03", "paper": ""}
    assert client.post(reverse("debts:choice", args=[debt.pk]), chosen).status_code == 422  # no word of the commission
    assert client.post(reverse("debts:choice", args=[debt.pk]), {**chosen, "choice": "repeat"}).status_code == 302
    page = client.get(reverse("debts:debt", args=[debt.pk])).content.decode()
    for told in ("приказ № 17-у от 03.09.2026", "протокол № ", "повторное обучение, заявление от 03.11.2026"):
        assert told in page
    assert waits(deputy) == []


def test_where_each_period_is_attestation_its_two_proposes_a_debt() -> None:
    school = make_school()
    deputy = make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="zavuch").user
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    settings = SchoolSettings.objects.get(school=school)
    settings.attestation = Attestation.PERIOD
    thresholds_set(by=deputy, settings=settings)
    give(deputy, pupil, "2", number=1)
    assert AcademicDebt.objects.get().period is not None


def waits(deputy: User) -> list[str]:
    found = agenda_of(User.objects.get(pk=deputy.pk), TODAY)
    return [item.title.replace("\u00a0", " ") for item in found if item.about == "академическая задолженность"]
