"""From the database alone nobody finds out who answered what (docs/decisions/0037-anonymous-surveys.md)."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections
from django.test import Client

from common.errors import Refused
from parents.models import SurveyCampaign, SurveySlip, SurveyTally, SurveyWords
from parents.services.survey_answers import USED, answer_by_code, paper_add
from parents.services.surveys import code_hash, survey_close
from parents.survey_words import Way
from school.models import HistoryEvent, SchoolClass, User
from school.roles import Position
from tests.factories import make_class, make_staff
from tests.parents.survey_making import answers_to, as_form, codes_of, fill_class, open_survey

ANONYMOUS = (SurveySlip, SurveyTally, SurveyWords)
SAID = "Слова, по которым меня узнают"


@pytest.fixture
def deputy(seventh: SchoolClass) -> User:
    return make_staff(seventh.school, "Ермолаева Вера Ильинична", Position.DEPUTY, login="dep").user


@pytest.fixture
def survey(deputy: User, seventh: SchoolClass) -> SurveyCampaign:
    fill_class(seventh, 10)
    return open_survey(deputy, [seventh])


@pytest.fixture
def codes(deputy: User, survey: SurveyCampaign, seventh: SchoolClass) -> list[str]:
    return codes_of(deputy, survey, seventh)


def columns_of(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s"
            " AND table_schema = current_schema()",
            [table],
        )
        return dict(cursor.fetchall())


def texts_of_the_database() -> Iterator[tuple[str, str]]:
    """Every row of every table as text, with the table's name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from ((table, row) for (row,) in cursor.fetchall())


@pytest.mark.django_db
def test_no_column_tells_a_time_an_author_or_a_person() -> None:
    wanted = {
        "parents_surveytally": {
            "group_id": "bigint",
            "answered": "integer",
            "counts": "jsonb",
            "spent": "ARRAY",
            "used": "jsonb",
        },
        "parents_surveywords": {"campaign_id": "bigint", "texts": "jsonb"},
    }
    assert {table: columns_of(table) for table in wanted} == wanted
    slips = columns_of("parents_surveyslip")
    assert not [name for name, kind in slips.items() if kind.startswith(("timestamp", "date", "time"))]
    assert slips["id"] == "uuid"


@pytest.mark.django_db
def test_a_slip_of_an_anonymous_survey_is_nobodys(survey: SurveyCampaign, codes: list[str]) -> None:
    assert len(codes) == 15
    assert SurveySlip.objects.filter(pupil__isnull=False).count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(position(%s in t::text)) FROM parents_surveyslip t", [codes[0]])
        assert cursor.fetchone()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_neither_transactions_nor_places_of_rows_join_a_slip_to_what_was_answered(
    survey: SurveyCampaign, codes: list[str]
) -> None:
    """`xmin` names the transaction that wrote a row: an answer leaves its own nowhere but on the sums of the group,
    where the next one writes over it, so that no row tells in which order, or when, people answered."""
    printed = slip_writers()
    assert len(printed) == 1
    for place, code in enumerate(codes[:4]):
        answer_by_code(code=code, answers=answers_to(survey, place % 2))

    assert slip_writers() == printed
    tally = SurveyTally.objects.get()
    assert not SurveySlip.objects.filter(hash__in=tally.spent).exists()
    assert tally.spent == sorted(code_hash(code) for code in codes[:4])
    assert (SurveyTally.objects.count(), tally.answered) == (1, 4)
    assert tally.counts[min(tally.counts)] == {"n": 4, "0": 2, "1": 2}


def slip_writers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM parents_surveyslip")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.django_db
def test_history_logs_and_every_other_table_keep_no_answer_and_no_hour_of_one(
    client: Client, survey: SurveyCampaign, codes: list[str]
) -> None:
    before = Counter(table for table, _ in texts_of_the_database())
    events = HistoryEvent.objects.count()
    sent = as_form(answers_to(survey, 1, SAID))
    answered = client.post("/q/", {"code": codes[0], "answers": "1", **sent})

    assert answered["Location"] == "/q/thanks/"
    assert HistoryEvent.objects.count() == events
    found = list(texts_of_the_database())
    assert {table for table, row in found if SAID in row} == {"parents_surveywords"}
    assert not [row for _, row in found if codes[0] in row]
    assert not Counter(table for table, _ in found) - before, "an answer adds no row"


@pytest.mark.django_db
def test_own_words_lie_in_alphabetical_order_whatever_came_first(survey: SurveyCampaign, codes: list[str]) -> None:
    for code, words in zip(codes, ("яблоко", "арбуз", "мёд"), strict=False):
        answer_by_code(code=code, answers=answers_to(survey, 0, words))

    (texts,) = SurveyWords.objects.get().texts.values()
    assert texts == ["арбуз", "мёд", "яблоко"]


@pytest.mark.django_db
def test_what_is_told_of_a_survey_is_no_finer_than_a_day(
    deputy: User, survey: SurveyCampaign, codes: list[str]
) -> None:
    answer_by_code(code=codes[0], answers=answers_to(survey))
    closed = survey_close(by=deputy, campaign=survey)

    assert all(type(getattr(closed, name)) is date for name in ("begins", "ends", "opened_on", "closed_on"))
    assert SurveySlip.objects.count() == 0
    assert (SurveyTally.objects.get().spent, SurveyTally.objects.get().used) == ([], {})
    touched = HistoryEvent.objects.filter(table__in=[model._meta.db_table for model in ANONYMOUS])
    assert not touched.exists()


@pytest.mark.django_db
def test_a_slip_is_good_for_one_answer(client: Client, survey: SurveyCampaign, codes: list[str]) -> None:
    sent = {"code": codes[0], "answers": "1", **as_form(answers_to(survey))}
    assert client.post("/q/", sent).status_code == 302
    again = client.post("/q/", sent)
    opened = client.post("/q/", {"code": codes[0]})

    assert (again.status_code, opened.status_code) == (409, 409)
    assert USED in again.content.decode()
    assert SurveyTally.objects.get().answered == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_one_code_at_once_one_is_told(survey: SurveyCampaign, codes: list[str]) -> None:
    answers = answers_to(survey)

    def send(_: int) -> str:
        try:
            answer_by_code(code=codes[0], answers=answers)
        except Refused as refusal:
            return refusal.message
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(send, range(4)))

    assert told == ["", USED, USED, USED]
    assert SurveyTally.objects.get().answered == 1


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_are_all_counted(survey: SurveyCampaign, codes: list[str]) -> None:
    answers = answers_to(survey, 0, "слово")

    def send(code: str) -> None:
        try:
            answer_by_code(code=code, answers=answers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, codes[:8]))

    tally = SurveyTally.objects.get()
    assert (tally.answered, {told["n"] for told in tally.counts.values()}) == (8, {8})
    assert [len(texts) for texts in SurveyWords.objects.get().texts.values()] == [8]


@pytest.mark.django_db
def test_a_new_printing_voids_the_slips_that_nobody_used(
    deputy: User, survey: SurveyCampaign, codes: list[str], seventh: SchoolClass
) -> None:
    answer_by_code(code=codes[0], answers=answers_to(survey))
    new = codes_of(deputy, survey, seventh)

    assert len(new) == 14
    with pytest.raises(Refused, match="Такого кода нет"):
        answer_by_code(code=codes[1], answers=answers_to(survey))
    with pytest.raises(Refused, match="уже ответили"):
        answer_by_code(code=codes[0], answers=answers_to(survey))


@pytest.mark.django_db
def test_a_tiny_class_is_counted_with_its_neighbour_and_a_tiny_survey_is_refused(
    deputy: User, seventh: SchoolClass
) -> None:
    tiny = make_class(seventh.school, "8А")
    fill_class(tiny, 2)
    with pytest.raises(Refused, match="не меньше чем 5"):
        open_survey(deputy, [tiny])
    fill_class(seventh, 9)
    survey = open_survey(deputy, [seventh, tiny])

    assert [(group.invited, group.level) for group in survey.groups.all()] == [(11, "ooo")]
    assert re.search("7А", survey.groups.get().name) and re.search("8А", survey.groups.get().name)


@pytest.mark.django_db
def test_by_a_common_code_no_more_answer_than_were_invited(deputy: User, seventh: SchoolClass) -> None:
    fill_class(seventh, 5)
    survey = open_survey(deputy, [seventh], way=Way.LINK)
    code = survey.groups.get().code
    assert code is not None
    sent = {"code": code, "answers": "1", **as_form(answers_to(survey))}
    phone = Client()
    assert phone.post("/q/", sent).status_code == 302
    assert phone.post("/q/", sent).status_code == 409, "the same browser is held off"
    for _ in range(4):
        assert Client().post("/q/", sent).status_code == 302
    late = Client().post("/q/", sent)

    assert (late.status_code, SurveyTally.objects.get().answered) == (409, 5)


@pytest.mark.django_db
def test_answers_are_taken_within_the_days_and_paper_until_it_is_closed(
    deputy: User, survey: SurveyCampaign, codes: list[str]
) -> None:
    school = survey.school
    SurveyCampaign.objects.update(begins=date(2026, 11, 1), ends=date(2026, 11, 20))
    assert school.today() > date(2026, 11, 20)
    with pytest.raises(Refused, match="не принимает"):
        answer_by_code(code=codes[0], answers=answers_to(survey))
    group = survey.groups.get()
    paper_add(by=deputy, group=group, answers=answers_to(survey))
    survey_close(by=deputy, campaign=survey)
    with pytest.raises(Refused, match="закрыт"):
        paper_add(by=deputy, group=group, answers=answers_to(survey))

    assert SurveyTally.objects.get().answered == 1


@pytest.mark.django_db
def test_whoever_guesses_codes_is_shut_out(client: Client, survey: SurveyCampaign) -> None:
    answers = [client.post("/q/", {"code": f"{number:012}"}).status_code for number in range(32)]

    assert answers[:30] == [422] * 30
    assert answers[30:] == [404, 404]
