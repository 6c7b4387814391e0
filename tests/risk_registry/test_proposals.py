from datetime import date

import pytest

from gradebook.models import Mark
from risk_registry.models import RegistryEntry
from school.models import Pupil
from tests.factories import make_class, make_pupil, make_school
from tests.risk_registry.making import entry_of, give_marks, give_result, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil() -> Pupil:
    return make_pupil(make_class(make_school(), "7А"), "Ковтун Матвей Андреевич")


def set_state(pupil: Pupil, state: str) -> None:
    removal = "other" if state == "removed" else ""
    RegistryEntry.objects.filter(pupil=pupil).update(state=state, removal=removal, remark="проверка")


def steps(pupil: Pupil) -> list[tuple[str, str, str]]:
    return list(entry_of(pupil).steps.values_list("from_state", "to_state", "comment"))


@pytest.mark.parametrize(("mark", "result", "category"), [(2, "2", "failing"), (2, "4", "weak"), (3, "3", "reserve")])
def test_whoever_has_a_category_is_proposed(pupil: Pupil, mark: int, result: str, category: str) -> None:
    give_marks(pupil, "Алгебра", mark)
    give_result(pupil, "Алгебра", result)
    judged(pupil)
    entry = entry_of(pupil)
    assert (entry.category, entry.state, entry.version) == (category, "proposed", 1)
    assert steps(pupil)[0][:2] == ("", "proposed")


def test_nobody_without_a_category_is_proposed(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 5, 5, 5)
    judged(pupil)
    assert not RegistryEntry.objects.exists()


def test_a_proposed_entry_follows_the_marks(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    entry = entry_of(pupil)
    assert (entry.category, entry.state, entry.version, entry.provisional) == ("failing", "proposed", 2, False)
    assert steps(pupil)[-1] == ("proposed", "proposed", "слабоуспевающий → неуспевающий")


def test_one_more_date_changes_the_evidence_and_not_the_version(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    give_marks(pupil, "Алгебра", 2, 5, 5, 5, on=date(2026, 9, 20))
    judged(pupil)
    entry = entry_of(pupil)
    assert (entry.version, len(entry.evidence[0]["unsatisfactory"])) == (1, 2)


def test_an_agreed_entry_whose_category_changed_has_to_be_agreed_again(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    set_state(pupil, "agreed")
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    assert entry_of(pupil).state == "proposed"
    assert steps(pupil)[-1][:2] == ("agreed", "proposed")


def test_a_returned_entry_follows_the_marks_and_stays_returned(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    set_state(pupil, "returned")
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    entry = entry_of(pupil)
    assert (entry.state, entry.category, entry.remark) == ("returned", "failing", "проверка")


@pytest.mark.parametrize("state", ["approved", "removed"])
def test_what_a_person_decided_never_follows_the_marks(pupil: Pupil, state: str) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    set_state(pupil, state)
    before = RegistryEntry.objects.values().get()
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    assert RegistryEntry.objects.values().get() == before


def test_an_entry_made_by_a_person_never_follows_the_marks(pupil: Pupil) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    RegistryEntry.objects.update(by_hand=True)
    Mark.objects.all().delete()
    judged(pupil)
    assert entry_of(pupil).state == "proposed"


@pytest.mark.parametrize("state", ["proposed", "agreed", "returned"])
def test_an_undecided_entry_is_withdrawn_when_the_marks_let_go_and_comes_back(pupil: Pupil, state: str) -> None:
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    set_state(pupil, state)
    Mark.objects.filter(value=2).update(value=4)
    judged(pupil)
    assert entry_of(pupil).state == "withdrawn"
    Mark.objects.filter(value=4).update(value=2)
    judged(pupil)
    assert entry_of(pupil).state == "proposed"
    assert [step[:2] for step in steps(pupil)] == [("", "proposed"), (state, "withdrawn"), ("withdrawn", "proposed")]
