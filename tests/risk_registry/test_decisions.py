from collections.abc import Mapping

import pytest
from django.utils.timezone import localdate

from common.errors import Refused
from gradebook.models import Mark
from risk_registry.categories import Category
from risk_registry.models import RegistryEntry
from risk_registry.services.registry import entries_decide, entry_include
from risk_registry.workflow import Deed
from school.models import Pupil, School, SchoolClass, User
from tests.factories import make_class, make_pupil, make_subject
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    return pupil


def decide(deputy: User, pupil: Pupil, *deeds: Deed, comment: str = "по итогам беседы") -> RegistryEntry:
    """Do the deeds one after another, each on what is there."""
    for what in deeds:
        entry = entry_of(pupil)
        entries_decide(by=deputy, versions={entry.pk: entry.version}, what=what, comment=comment)
    return entry_of(pupil)


def last_step(pupil: Pupil) -> Mapping[str, object]:
    step = entry_of(pupil).steps.order_by("-version").values("from_state", "to_state", "by", "comment", "version")
    return step[0]


@pytest.mark.parametrize(
    ("deeds", "state"),
    [
        ([Deed.AGREE], "agreed"),
        ([Deed.APPROVE], "approved"),
        ([Deed.AGREE, Deed.APPROVE], "approved"),
        ([Deed.RETURN], "returned"),
        ([Deed.RETURN, Deed.AGREE], "agreed"),
        ([Deed.APPROVE, Deed.RETURN], "returned"),
        ([Deed.REMOVE], "removed"),
        ([Deed.APPROVE, Deed.REMOVE], "removed"),
        ([Deed.REMOVE, Deed.RESTORE], "proposed"),
    ],
)
def test_an_entry_goes_its_way(deputy: User, pupil: Pupil, deeds: list[Deed], state: str) -> None:
    entry = decide(deputy, pupil, *deeds)
    assert (entry.state, entry.version, entry.changed_by) == (state, 1 + len(deeds), deputy)
    assert entry.steps.count() == 1 + len(deeds)


def test_each_step_has_its_author_time_and_comment(deputy: User, pupil: Pupil) -> None:
    entry = decide(deputy, pupil, Deed.RETURN, comment="  уточните предметы ")
    assert last_step(pupil) == {
        "from_state": "proposed",
        "to_state": "returned",
        "by": deputy.pk,
        "comment": "уточните предметы",
        "version": 2,
    }
    assert entry.remark == "уточните предметы"
    assert localdate(entry.changed_at) == pupil.school.today()


@pytest.mark.parametrize("what", [Deed.RETURN, Deed.REMOVE])
@pytest.mark.parametrize("comment", ["", "   "])
def test_a_return_and_a_removal_need_a_reason(deputy: User, pupil: Pupil, what: Deed, comment: str) -> None:
    with pytest.raises(Refused, match="причину"):
        decide(deputy, pupil, what, comment=comment)
    assert entry_of(pupil).state == "proposed"


@pytest.mark.parametrize("what", [Deed.APPROVE, Deed.AGREE, Deed.RESTORE])
def test_a_deed_that_its_state_does_not_allow_is_refused(deputy: User, pupil: Pupil, what: Deed) -> None:
    decide(deputy, pupil, Deed.APPROVE)
    with pytest.raises(Refused, match="не допускает") as refusal:
        decide(deputy, pupil, what)
    assert refusal.value.details == ["Ковтун Матвей"]


def test_the_second_of_two_who_saw_the_same_is_told_and_nothing_is_lost(deputy: User, pupil: Pupil) -> None:
    seen = {entry_of(pupil).pk: entry_of(pupil).version}
    entries_decide(by=deputy, versions=seen, what=Deed.APPROVE)
    with pytest.raises(Refused, match="изменилась"):
        entries_decide(by=deputy, versions=seen, what=Deed.REMOVE, comment="ошибка")
    assert entry_of(pupil).state == "approved"


def test_who_saw_an_entry_before_the_marks_changed_it_is_told(deputy: User, pupil: Pupil) -> None:
    seen = {entry_of(pupil).pk: entry_of(pupil).version}
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    with pytest.raises(Refused, match="изменилась"):
        entries_decide(by=deputy, versions=seen, what=Deed.APPROVE)


def test_many_are_decided_at_once_or_none(deputy: User, pupil: Pupil, seventh: SchoolClass) -> None:
    other = make_pupil(seventh, "Рябов Денис Ильич")
    give_marks(other, "Физика", 2)
    judged(other)
    seen = {entry_of(each).pk: entry_of(each).version for each in (pupil, other)}
    decide(deputy, other, Deed.RETURN)
    with pytest.raises(Refused) as refusal:
        entries_decide(by=deputy, versions=seen, what=Deed.APPROVE)
    assert refusal.value.details == ["Рябов Денис"]
    assert entry_of(pupil).state == "proposed"
    seen[entry_of(other).pk] = entry_of(other).version
    assert len(entries_decide(by=deputy, versions=seen, what=Deed.APPROVE)) == 2
    assert set(RegistryEntry.objects.values_list("state", flat=True)) == {"approved"}


def test_an_approved_entry_takes_over_the_marks_only_when_told_to(deputy: User, pupil: Pupil) -> None:
    decide(deputy, pupil, Deed.APPROVE)
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    assert entry_of(pupil).category == "weak"
    entry = decide(deputy, pupil, Deed.ACCEPT)
    assert (entry.category, entry.state, entry.evidence[0]["result"]) == ("failing", "approved", "2")


def test_there_is_nothing_to_take_over_when_the_marks_let_go(deputy: User, pupil: Pupil) -> None:
    decide(deputy, pupil, Deed.APPROVE)
    Mark.objects.update(value=5)
    judged(pupil)
    with pytest.raises(Refused, match="исключите"):
        decide(deputy, pupil, Deed.ACCEPT)


def test_an_entry_that_is_open_again_follows_the_marks_at_once(deputy: User, pupil: Pupil) -> None:
    decide(deputy, pupil, Deed.APPROVE)
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    entry = decide(deputy, pupil, Deed.RETURN)
    assert (entry.state, entry.category) == ("returned", "failing")


def test_a_removed_pupil_without_category_is_not_restored(deputy: User, pupil: Pupil) -> None:
    decide(deputy, pupil, Deed.REMOVE)
    Mark.objects.update(value=5)
    judged(pupil)
    with pytest.raises(Refused, match="включите вручную"):
        decide(deputy, pupil, Deed.RESTORE)


def include(deputy: User, pupil: Pupil, grounds: str = "решение педсовета") -> RegistryEntry:
    seat = pupil.enrolments.get()
    return entry_include(
        by=deputy,
        period=period_of(pupil.school),
        pupil=pupil,
        school_class=seat.school_class,
        category=Category.WEAK,
        subjects=[make_subject(pupil.school, "Математика").pk],
        grounds=grounds,
    )


def test_a_first_grader_is_put_in_by_a_person_s_decision(deputy: User, school: School) -> None:
    little = make_pupil(make_class(school, "1А"), "Зуева Анна Петровна")
    entry = include(deputy, little)
    judged(little)
    assert (entry_of(little).state, entry_of(little).by_hand, entry_of(little).category) == ("proposed", True, "weak")
    assert entry.steps.get().comment == "решение педсовета"


def test_putting_in_needs_grounds_and_a_pupil_who_is_not_there(deputy: User, pupil: Pupil) -> None:
    with pytest.raises(Refused, match="основание"):
        include(deputy, pupil, " ")
    with pytest.raises(Refused, match="уже в реестре"):
        include(deputy, pupil)


def test_a_removed_pupil_is_put_in_again_and_keeps_the_way(deputy: User, pupil: Pupil) -> None:
    decide(deputy, pupil, Deed.REMOVE)
    entry = include(deputy, pupil)
    assert entry.pk == entry_of(pupil).pk
    assert [step.to_state for step in entry.steps.all()] == ["proposed", "removed", "proposed"]
