"""The deputy's word over the marks': another category, and the grounds on which an entry leaves the registry."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from common.errors import Refused
from gradebook.models import Mark
from risk_registry.categories import Category, EntryState, Grounds
from risk_registry.models import RegistryEntry
from risk_registry.services.registry import entries_decide, entry_correct, entry_include
from risk_registry.workflow import REGISTRY, Deed
from school.models import Pupil, SchoolClass, User
from tests.factories import make_pupil, make_subject
from tests.risk_registry.making import entry_of, give_marks, give_result, judged, period_of

db = pytest.mark.django_db


@pytest.fixture
def pupil(seventh: SchoolClass) -> Pupil:
    pupil = make_pupil(seventh, "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 5, 5)
    judged(pupil)
    return pupil


def correct(
    by: User, pupil: Pupil, category: Category = Category.FAILING, reason: str = "не ликвидировал пробел"
) -> RegistryEntry:
    entry = entry_of(pupil)
    return entry_correct(
        by=by, entry=entry, version=entry.version, category=category, subjects=entry.subjects, reason=reason
    )


def do(by: User, pupil: Pupil, what: Deed, comment: str = "", grounds: Grounds = Grounds.OTHER) -> RegistryEntry:
    entry = entry_of(pupil)
    entries_decide(by=by, versions={entry.pk: entry.version}, what=what, comment=comment, grounds=grounds)
    return entry_of(pupil)


@db
@pytest.mark.parametrize("first", [None, Deed.AGREE, Deed.APPROVE, Deed.RETURN])
def test_a_corrected_category_stays_whatever_the_marks_say_next(deputy: User, pupil: Pupil, first: Deed | None) -> None:
    if first:
        do(deputy, pupil, first, "уточните")
    before = entry_of(pupil).state
    correct(deputy, pupil, Category.RESERVE)
    give_result(pupil, "Алгебра", "2")
    judged(pupil)

    entry = entry_of(pupil)
    assert (entry.category, entry.state, entry.corrected) == ("reserve", before, True)


@db
def test_a_corrected_entry_is_not_withdrawn_when_the_marks_let_go(deputy: User, pupil: Pupil) -> None:
    correct(deputy, pupil)
    Mark.objects.update(value=5)
    judged(pupil)
    assert (entry_of(pupil).state, entry_of(pupil).category) == ("proposed", "failing")


@db
def test_the_correction_stands_in_the_way_with_what_it_was_and_why(deputy: User, pupil: Pupil) -> None:
    correct(deputy, pupil)
    step = entry_of(pupil).steps.get(deed=Deed.CORRECT)
    assert (step.by, step.comment) == (deputy, "слабоуспевающий → неуспевающий. не ликвидировал пробел")
    assert [(each.deed, each.category) for each in entry_of(pupil).steps.all()] == [
        ("marks", "weak"),
        ("correct", "failing"),
    ]


@db
def test_a_returned_entry_keeps_its_comment_when_it_is_corrected(deputy: User, pupil: Pupil) -> None:
    do(deputy, pupil, Deed.RETURN, "уточните предмет")
    assert (correct(deputy, pupil).state, entry_of(pupil).remark) == ("returned", "уточните предмет")


@db
def test_a_correction_needs_a_reason_a_difference_and_a_category(deputy: User, pupil: Pupil) -> None:
    with pytest.raises(Refused, match="почему"):
        correct(deputy, pupil, reason="  ")
    with pytest.raises(Refused, match="исправлять нечего"):
        correct(deputy, pupil, Category.WEAK)
    with pytest.raises(Refused, match="исключите"):
        correct(deputy, pupil, Category.NONE)


@db
def test_who_corrects_what_another_has_changed_is_told(deputy: User, pupil: Pupil) -> None:
    seen = entry_of(pupil)
    do(deputy, pupil, Deed.APPROVE)
    with pytest.raises(Refused, match="изменилась"):
        entry_correct(
            by=deputy, entry=seen, version=seen.version, category=Category.FAILING, subjects=seen.subjects, reason="да"
        )
    assert entry_of(pupil).category == "weak"


@db
def test_accepting_the_marks_ends_the_correction(deputy: User, pupil: Pupil) -> None:
    do(deputy, pupil, Deed.AGREE)
    correct(deputy, pupil, Category.RESERVE)
    entry = do(deputy, pupil, Deed.ACCEPT)
    assert (entry.category, entry.corrected, entry.state) == ("weak", False, "proposed")
    give_result(pupil, "Алгебра", "2")
    judged(pupil)
    assert entry_of(pupil).category == "failing"


@db
def test_an_entry_that_follows_the_marks_has_nothing_to_accept(deputy: User, pupil: Pupil) -> None:
    with pytest.raises(Refused, match="и так следует"):
        do(deputy, pupil, Deed.ACCEPT)


@db
def test_one_put_in_by_hand_can_be_corrected_and_closed(deputy: User, seventh: SchoolClass) -> None:
    pupil = make_pupil(seventh, "Зимина Полина Ильинична")
    subject = make_subject(pupil.school, "Физика")
    entry_include(
        by=deputy, period=period_of(pupil.school), pupil=pupil, school_class=seventh,
        category=Category.WEAK, subjects=[subject.pk], grounds="решение педсовета",
    )  # fmt: skip
    correct(deputy, pupil)
    judged(pupil)
    assert (entry_of(pupil).category, entry_of(pupil).by_hand) == ("failing", True)
    entry = do(deputy, pupil, Deed.REMOVE, grounds=Grounds.REACHED)
    judged(pupil)
    assert (entry_of(pupil).state, entry.removal, entry.remark) == ("removed", "reached", "Достигнут результат")


@db
@pytest.mark.parametrize(
    ("grounds", "words", "remark"),
    [
        (Grounds.REACHED, "", "Достигнут результат"),
        (Grounds.MOVED, "в школу № 5", "Выбыл. в школу № 5"),
        (Grounds.MISTAKE, "", "Внесён ошибочно"),
        (Grounds.OTHER, "семейное обучение", "семейное обучение"),
    ],
)
def test_an_entry_is_removed_on_one_of_four_grounds(
    deputy: User, pupil: Pupil, grounds: Grounds, words: str, remark: str
) -> None:
    entry = do(deputy, pupil, Deed.REMOVE, words, grounds)
    assert (entry.removal, entry.remark, entry.steps.get(deed=Deed.REMOVE).comment) == (grounds.value, remark, remark)
    assert do(deputy, pupil, Deed.RESTORE).removal == ""


@db
def test_other_grounds_need_words(deputy: User, pupil: Pupil) -> None:
    with pytest.raises(Refused):
        do(deputy, pupil, Deed.REMOVE)


@db
def test_the_page_corrects_and_shows_what_the_marks_say_beside_it(as_deputy: Client, pupil: Pupil) -> None:
    entry = entry_of(pupil)
    address = f"/registry/{entry.pk}/correct/"
    assert "Исправить категорию" in as_deputy.get(address).content.decode()
    told = {"category": "failing", "subjects": entry.subjects, "version": entry.version}
    assert as_deputy.post(address, told).status_code == 422
    assert as_deputy.post(address, {**told, "reason": "по решению педсовета"}).status_code == 302
    page = as_deputy.get("/registry/").content.decode()
    assert "исправлено завучем" in page
    assert "по отметкам теперь: <b>слабоуспевающий: Алгебра</b>" in page


@db
def test_the_page_removes_with_grounds(as_deputy: Client, pupil: Pupil) -> None:
    entry = entry_of(pupil)
    address = f"/registry/{entry.pk}/remove/"
    told = {"grounds": "other", "comment": "", "version": entry.version}
    assert as_deputy.post(address, told).status_code == 422
    assert as_deputy.post(address, {**told, "grounds": "reached"}).status_code == 302
    assert entry_of(pupil).remark == "Достигнут результат"


@db
def test_what_no_class_teacher_agreed_is_shown_as_such(as_deputy: Client, deputy: User, pupil: Pupil) -> None:
    do(deputy, pupil, Deed.APPROVE)
    assert "без согласования кл. руководителя" in as_deputy.get("/registry/").content.decode()
    do(deputy, pupil, Deed.RETURN, "ещё раз")
    do(deputy, pupil, Deed.AGREE)
    do(deputy, pupil, Deed.APPROVE)
    assert "без согласования кл. руководителя" not in as_deputy.get("/registry/").content.decode()


@given(st.lists(st.sampled_from(list(Deed)), max_size=12))
def test_whatever_is_done_an_entry_is_in_a_state_that_the_registry_knows(deeds: list[Deed]) -> None:
    """From «removed» only «restore» leads back, and nothing leads to «withdrawn» but the marks."""
    state: str = EntryState.PROPOSED
    for deed in deeds:
        if deed not in REGISTRY.deeds(state):
            continue
        before, state = state, REGISTRY.step(deed, state, "потому что").target
        assert before != EntryState.REMOVED or deed == Deed.RESTORE
        assert deed != Deed.CORRECT or state == before
        assert state in list(EntryState) and state != EntryState.WITHDRAWN
