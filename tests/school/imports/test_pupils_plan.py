"""Decisions about rows of a contingent file, without a database."""

from dataclasses import replace
from datetime import date

from school.imports.known import Contingent, KnownGuardian, KnownPupil
from school.imports.parsed import GuardianRef, ParsedPupils, PupilRow
from school.imports.pupils import PupilDecision, PupilsPlan, plan_pupils
from school.seating import Seat

SEP_1, OCT_10, TODAY = date(2026, 9, 1), date(2026, 10, 10), date(2026, 11, 21)
LAST_YEAR = date(2025, 9, 1)
SEVEN_A, SEVEN_B, SIX_A_OF_LAST_YEAR = 71, 72, 61
BIRTH, OTHER_BIRTH = date(2013, 3, 5), date(2013, 8, 9)

EMPTY = Contingent(TODAY, SEP_1, date(2027, 8, 31), {}, {}, ())
KOVTUN = KnownPupil(
    pk=1,
    external_id="100",
    name=("Ковтун", "Матвей", "Андреевич"),
    sex="m",
    birth_date=BIRTH,
    special_needs=False,
    non_native_russian=False,
    seats=(Seat(11, SEVEN_A, SEP_1),),
    guardians=(KnownGuardian(21, ("Ковтун", "Анна", "Павловна"), "+7 900 000-00-01", ""),),
)


def known(*pupils: KnownPupil) -> Contingent:
    classes = {(7, "А"): SEVEN_A, (7, "Б"): SEVEN_B}
    return replace(EMPTY, classes=classes, titles={71: "7А", 72: "7Б", 61: "6А"}, pupils=pupils)


def row(name: str = "Ковтун Матвей Андреевич", number: int = 3, **fields: object) -> PupilRow:
    last, first, *middle = name.split()
    stated = {"external_id": "100", "sex": "m", "birth_date": BIRTH, "class_name": "7А", **fields}
    return PupilRow("Лист1", number, last, first, " ".join(middle), cells={"last_name": f"B{number + 1}"}, **stated)  # type: ignore[arg-type]


def plan(school: Contingent, *rows: PupilRow) -> PupilsPlan:
    return plan_pupils(ParsedPupils(rows), school)


def only(planned: PupilsPlan) -> PupilDecision:
    assert planned.rejected == ()
    (decision,) = planned.decisions
    return decision


def reasons(planned: PupilsPlan) -> list[str]:
    return [cell.reason for cell in planned.rejected]


def test_a_newcomer_sits_in_a_new_class_from_the_first_day_of_the_year() -> None:
    planned = plan(EMPTY, row(class_name="7A"))
    decision = only(planned)
    assert decision.kind == "created"
    (number,) = planned.new_classes
    assert planned.new_classes[number] == (7, "А")
    assert decision.seats.opened == (Seat(None, number, SEP_1),)
    assert planned.classes == 1


def test_a_later_date_says_when_a_newcomer_came() -> None:
    assert only(plan(EMPTY, row(moved_on=OCT_10))).seats.opened[0].starts == OCT_10


def test_a_date_before_the_year_does_not_seat_a_newcomer_earlier() -> None:
    assert only(plan(EMPTY, row(moved_on=date(2024, 9, 1)))).seats.opened[0].starts == SEP_1


def test_the_same_row_again_changes_nothing() -> None:
    assert only(plan(known(KOVTUN), row())).kind == "unchanged"


def test_what_a_file_does_not_say_stays() -> None:
    decision = only(plan(known(KOVTUN), row(sex="", birth_date=None)))
    assert decision.kind == "unchanged"


def test_a_pupil_is_known_by_the_id_under_a_new_surname() -> None:
    decision = only(plan(known(KOVTUN), row("Орлов Матвей Андреевич")))
    assert (decision.pupil, decision.fields) == (1, {"last_name": "Орлов"})
    assert decision.notes == ("фамилия: Ковтун → Орлов",)


def test_an_id_of_quite_another_child_is_rejected() -> None:
    planned = plan(known(KOVTUN), row("Седых Лада Ивановна", birth_date=OTHER_BIRTH))
    assert reasons(planned) == ["под этим идентификатором уже записан(а) Ковтун Матвей Андреевич"]


def test_another_class_is_a_move_today() -> None:
    decision = only(plan(known(KOVTUN), row(class_name="7Б")))
    assert decision.kind == "moved"
    assert decision.seats.edited == (Seat(11, SEVEN_A, SEP_1, date(2026, 11, 20)),)
    assert decision.seats.opened == (Seat(None, SEVEN_B, TODAY),)
    assert decision.notes == ("7А → 7Б с 21.11.2026",)


def test_another_class_is_a_move_on_the_stated_day() -> None:
    decision = only(plan(known(KOVTUN), row(class_name="7Б", moved_on=OCT_10)))
    assert decision.seats.opened == (Seat(None, SEVEN_B, OCT_10),)


def test_a_move_outside_the_year_is_rejected() -> None:
    assert reasons(plan(known(KOVTUN), row(class_name="7Б", moved_on=LAST_YEAR))) == ["дата вне учебного года"]


def test_a_date_that_was_stated_before_changes_nothing() -> None:
    moved = replace(KOVTUN, seats=(Seat(11, SEVEN_A, SEP_1, date(2026, 10, 9)), Seat(12, SEVEN_B, OCT_10)))
    assert only(plan(known(moved), row(class_name="7Б", moved_on=OCT_10))).kind == "unchanged"


def test_a_stated_day_corrects_a_move_that_was_dated_today() -> None:
    moved = replace(KOVTUN, seats=(Seat(11, SEVEN_A, SEP_1, date(2026, 11, 20)), Seat(12, SEVEN_B, TODAY)))
    decision = only(plan(known(moved), row(class_name="7Б", moved_on=OCT_10)))
    assert decision.seats.edited == (Seat(11, SEVEN_A, SEP_1, date(2026, 10, 9)), Seat(12, SEVEN_B, OCT_10))
    assert decision.notes == ("в 7Б с 10.10.2026, было с 21.11.2026",)


def test_a_new_year_seats_everybody_from_its_first_day() -> None:
    of_last_year = replace(KOVTUN, seats=(Seat(10, SIX_A_OF_LAST_YEAR, LAST_YEAR),))
    decision = only(plan(known(of_last_year), row()))
    assert decision.seats.edited == (Seat(10, SIX_A_OF_LAST_YEAR, LAST_YEAR, date(2026, 8, 31)),)
    assert decision.seats.opened == (Seat(None, SEVEN_A, SEP_1),)


def test_one_who_left_and_stands_in_the_file_returns() -> None:
    left = replace(KOVTUN, seats=(Seat(11, SEVEN_A, SEP_1, OCT_10),))
    assert only(plan(known(left), row())).seats.opened == (Seat(None, SEVEN_A, TODAY),)


def test_without_an_id_the_birth_date_tells_namesakes_apart() -> None:
    namesake = replace(KOVTUN, pk=2, external_id="", birth_date=OTHER_BIRTH)
    decision = only(plan(known(KOVTUN, namesake), row(external_id="", birth_date=OTHER_BIRTH)))
    assert decision.pupil == 2


def test_another_birth_date_is_another_child() -> None:
    assert only(plan(known(KOVTUN), row(external_id="", birth_date=OTHER_BIRTH))).kind == "created"


def test_without_a_birth_date_the_class_tells_namesakes_apart() -> None:
    namesake = replace(KOVTUN, pk=2, external_id="", seats=(Seat(12, SEVEN_B, SEP_1),))
    decision = only(plan(known(KOVTUN, namesake), row(external_id="", birth_date=None, class_name="7Б")))
    assert decision.pupil == 2


def test_who_cannot_be_told_apart_is_asked_about() -> None:
    namesake = replace(KOVTUN, pk=2, external_id="")
    planned = plan(known(KOVTUN, namesake), row(external_id="", birth_date=None))
    assert planned.decisions == ()
    assert "нельзя понять, кто это" in reasons(planned)[0]
    assert "7А" in reasons(planned)[0]


def test_a_namesake_without_birth_date_in_another_class_is_not_guessed() -> None:
    planned = plan(known(KOVTUN), row(external_id="", birth_date=None, class_name="7Б"))
    assert len(planned.rejected) == 1


def test_a_pupil_entered_by_hand_gets_the_id_of_the_file() -> None:
    by_hand = replace(KOVTUN, external_id="")
    decision = only(plan(known(by_hand), row()))
    assert (decision.pupil, decision.fields) == (1, {"external_id": "100"})


def test_an_id_never_matches_a_namesake_with_another_id() -> None:
    assert only(plan(known(KOVTUN), row(external_id="200", birth_date=OTHER_BIRTH))).kind == "created"


def test_the_same_child_under_another_id_is_asked_about() -> None:
    planned = plan(known(KOVTUN), row(external_id="200"))
    assert planned.decisions == ()
    assert "идентификатором 100" in reasons(planned)[0]


def test_a_zero_that_a_spreadsheet_dropped_makes_no_second_pupil() -> None:
    with_zero = replace(KOVTUN, external_id="0100")
    assert only(plan(known(with_zero), row())).kind == "unchanged"
    stranger = plan(known(with_zero), row("Седых Лада Ивановна", birth_date=OTHER_BIRTH))
    assert only(stranger).kind == "created"


def test_writings_of_a_name_do_not_make_a_second_pupil() -> None:
    by_hand = replace(KOVTUN, external_id="", name=("Семёнова", "Алёна", "Ивановна"))
    decision = only(plan(known(by_hand), row("СЕМЕНОВА Ивановна Алена", external_id="")))
    assert (decision.pupil, decision.kind) == (1, "unchanged")


def test_a_missing_patronymic_is_added() -> None:
    by_hand = replace(KOVTUN, name=("Ковтун", "Матвей", ""))
    assert only(plan(known(by_hand), row())).fields == {"middle_name": "Андреевич"}


def test_one_id_twice_in_a_file_is_rejected_the_second_time() -> None:
    planned = plan(EMPTY, row(number=3), row("Седых Лада Ивановна", number=4))
    assert planned.count("created") == 1
    assert reasons(planned) == ["этот идентификатор уже стоит в строке 4"]
    assert planned.rejected[0].cell == "B5"


def test_namesakes_of_a_file_without_ids_and_birth_dates_are_asked_about() -> None:
    planned = plan(EMPTY, row(external_id="", birth_date=None), row(number=4, external_id="", birth_date=None))
    assert planned.count("created") == 1
    assert "тёзка" in reasons(planned)[0]


def test_namesakes_with_their_own_ids_are_two_pupils() -> None:
    assert plan(EMPTY, row(), row(number=4, external_id="101")).count("created") == 2


def test_rows_without_name_or_class_are_rejected_with_their_cells() -> None:
    unnamed = PupilRow("Лист1", 4, "", "Матвей", class_name="7А", cells={"last_name": "C5"})
    unclassed = row(number=5, external_id="", class_name="")
    odd = row(number=6, external_id="", class_name="выбыл")
    planned = plan(EMPTY, unnamed, unclassed, replace(odd, cells={"class_name": "H7"}))
    assert [(cell.cell, cell.value, cell.reason) for cell in planned.rejected] == [
        ("C5", "Матвей", "нужны фамилия и имя"),
        ("B6", "", "не указан класс"),
        ("H7", "выбыл", "это не класс, нужно, например, «7А»"),
    ]


def test_a_birth_date_of_no_pupil_is_rejected() -> None:
    assert reasons(plan(EMPTY, row(birth_date=date(1913, 3, 5)))) == ["дата рождения не школьника"]


def test_a_class_named_only_in_rejected_rows_is_not_made() -> None:
    planned = plan(known(KOVTUN), row(class_name="8Б", moved_on=LAST_YEAR))
    assert planned.new_classes == {}


def test_restricted_facts_are_stated_apart() -> None:
    decision = only(plan(EMPTY, row(special_needs=True, non_native_russian=False)))
    assert decision.social == {"special_needs": True}
    assert "special_needs" not in decision.fields


def test_a_restricted_fact_is_taken_back_only_by_a_clear_no() -> None:
    flagged = replace(KOVTUN, special_needs=True)
    assert only(plan(known(flagged), row(special_needs=None))).social == {}
    assert only(plan(known(flagged), row(special_needs=False))).social == {"special_needs": False}


def test_words_about_restricted_facts_do_not_tell_them() -> None:
    assert only(plan(known(KOVTUN), row(special_needs=True))).notes == ("закрытые сведения",)


def test_a_shared_telephone_merges_no_guardians() -> None:
    phone = "+7 900 000-00-01"
    father = GuardianRef("Ковтун Андрей Ильич", phone=phone)
    decision = only(plan(known(KOVTUN), row(guardians=(father,))))
    (change,) = decision.guardians
    assert change.pk is None
    assert change.fields["last_name"] == "Ковтун"
    assert change.fields["first_name"] == "Андрей"


def test_a_known_guardian_gets_new_contacts() -> None:
    mother = GuardianRef("Ковтун Анна Павловна", phone="+7 900 000-00-01", email="anna@school.example")
    decision = only(plan(known(KOVTUN), row(guardians=(mother,))))
    assert [(change.pk, change.fields) for change in decision.guardians] == [(21, {"email": "anna@school.example"})]
    assert only(plan(known(KOVTUN), row(guardians=(GuardianRef("Ковтун Анна Павловна"),)))).kind == "unchanged"


def test_what_is_no_address_is_not_kept_as_one() -> None:
    mother = GuardianRef("Ковтун Анна Павловна", email="нет почты")
    assert only(plan(known(KOVTUN), row(guardians=(mother,)))).kind == "unchanged"
