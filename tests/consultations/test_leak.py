"""Confidential words leave by no road (docs/trust.md, 5).

Marked words stand in notes, their former wordings, plans, grounds of opened notes, restricted causes, circumstances of
urgent meetings, referrals, and in the words of councils. Every address as every role is walked by the table of
permissions, which looks for the marks in each answer; here are the other roads: reports, papers, search, history,
agenda, calendars, letters, the printed card, the log, pages of errors, and all tables of the database.
"""

import io
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoDbBlocker

from common.errors import Refused
from common.logs import PrivateFormatter
from consultations.council_papers import PAPERS, paper_find
from consultations.models import ConfidentialNote
from consultations.selectors.note_words import note_words
from desk.card import build_card, card_pdf
from desk.feed import calendar_of
from desk.selectors.pupil import pupils_of_page
from desk.services.reminders import digest_send, digest_set
from documents.models import OutboxMail
from documents.registry import ReportQuery, report_kinds
from parents.reports.escalation import build_commission_file, commission_pdf
from school.agendas import agenda_of
from school.models import User
from school.pupil_parts import parts_for
from school.selectors_history import changes_in_words, pupil_events
from tests.permissions import marks, rows_councils, rows_family, rows_registry, rows_service_notes
from tests.permissions.marks import CANARY, MARKS, leaks, marks_in
from tests.permissions.test_table import ROWS, addresses
from tests.permissions.world import COLUMNS, World, make_world

pytestmark = pytest.mark.django_db
EVERY = set(MARKS)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once; what a test does is rolled back to it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        rows_registry.add(world)
        rows_service_notes.add(world)
        rows_councils.add(world)
        rows_family.add(world)
        User.objects.filter(pk=world.users["psy"].pk).update(email="psy@school.example")
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(made: World, db: None) -> World:
    """With persons as the next request knows them."""
    made.users = {name: User.objects.select_related("staff").get(pk=user.pk) for name, user in made.users.items()}
    return made


def told(*things: object) -> set[str]:
    return marks_in(repr(things).encode())


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def test_every_address_is_looked_at_as_every_role() -> None:
    names = {name for name, _ in addresses()}

    assert names == {row.name for row in ROWS}
    assert len(names) > 300
    assert len(ROWS) * len(COLUMNS) > 6000


def test_what_looks_for_marks_finds_them(world: World) -> None:
    page = client_of(world.users["sub"]).get(reverse("desk:pupil", args=[world.pupil.pk]))
    assert marks_in(page.content) == {CANARY}

    for mark, rule in MARKS.items():
        answer = HttpResponse(f"<p>{mark}</p>")
        assert leaks(answer, "desk:pupil", "dep") == {mark}
        assert leaks(answer, rule.names[0], "none") == {mark}
        assert not leaks(answer, rule.names[0], min(rule.columns))


def test_whoever_is_named_is_shown_the_words(world: World) -> None:
    """The marks are where they should be: what is not found elsewhere does exist."""
    psychologist = client_of(world.users["psy"])
    opened = psychologist.post(reverse("notes:words", args=[world.things["opened"].pk]))
    plan = psychologist.get(reverse("plans:plan", args=[world.things["plan"].pk]))
    causes = client_of(world.users["dep"]).get(reverse("registry:causes", args=[world.things["entry"].pk]))
    head, mediator, pupil = client_of(world.users["psyh"]), client_of(world.users["soc"]), world.pupil.pk
    told = [
        *[
            head.get(reverse("councils:sitting", args=[world.things[f"{name}_sitting"].pk]))
            for name in ("held", "signed")
        ],
        head.get(reverse("councils:petition", args=[world.things["petition"].pk])),
        head.get(reverse("councils:pmpk")),
        mediator.get(reverse("councils:case", args=[world.things["case"].pk])),
        mediator.get(reverse("family:case", args=[world.things["family_case"].pk])),
    ]
    found = marks_in(b"".join(page.content for page in (opened, plan, causes, *told)))
    advice = client_of(world.users["men"]).get(reverse("councils:pupil", args=[pupil]))

    assert found == EVERY - {marks.URGENT, marks.REFERRAL}
    assert marks_in(advice.content) == {marks.ADVICE}


def test_no_table_holds_them_but_their_own(world: World) -> None:
    """History, jobs, letters, forms that were sent, sessions, logs: every table of the database, every column."""
    client = client_of(world.users["psy"])
    client.post(reverse("notes:words", args=[world.things["note"].pk]), {"once": "leak-1"})
    client.post(reverse("plans:print", args=[world.things["plan"].pk]), {"once": "leak-2"})
    words = {"on": "2026-11-20", "words": marks.NOTE, "once": "leak-3"}
    client.post(reverse("notes:new_pupil", args=[world.pupil.pk]), words)
    deputy, held, signed = client_of(world.users["dep"]), world.things["held_question"], world.things["signed_sitting"]
    deputy.post(reverse("councils:course", args=[held.pk]), {"course": marks.COURSE, "once": "leak-4"})
    declined = {"why": marks.PETITION, "once": "leak-5"}
    deputy.post(reverse("councils:petition_decline", args=[world.things["petition"].pk]), declined)
    deputy.post(reverse("councils:paper", args=["protocol", world.things["protocol"].pk]), {"once": "leak-6"})
    for name, told in (("reopen", {"why": marks.DECISION}), ("sign", {"on": "2026-11-12"})):
        signed.refresh_from_db()
        deputy.post(reverse(f"councils:sitting_{name}", args=[signed.pk]), {**told, "version": signed.version})
    found = {table: held for table, held in _tables() if held}

    assert found == {
        "consultations_notetext": {marks.NOTE},
        "consultations_noterevision": {marks.FORMER},
        "consultations_noteopening": {marks.GROUNDS},
        "consultations_plantext": {marks.PLAN},
        "consultations_plangoal": {marks.GOAL},
        "consultations_planaction": {marks.ACTION},
        "consultations_urgentgrounds": {marks.URGENT},
        "consultations_referral": {marks.REFERRAL},
        "consultations_recommendation": {CANARY},
        "consultations_petition": {marks.PETITION},
        "consultations_petitionwords": {marks.PETITION},
        "consultations_sittingstep": {marks.DECISION},
        "consultations_questionwords": {marks.COURSE},
        "consultations_councildecision": {marks.DECISION},
        "consultations_conclusionwords": {marks.FINDINGS, marks.UNSIGNED, marks.ADVICE, marks.PARENTS},
        "consultations_sittingprotocol": {
            marks.COURSE,
            marks.DECISION,
            marks.FINDINGS,
            marks.ADVICE,
            marks.PARENTS,
        },
        "consultations_pmpkreferral": {marks.PMPK},
        "consultations_casewords": {marks.CASE, marks.AGREED},
        "parents_familycase": {marks.FAMILY},
        "parents_familystep": {marks.FAMILY},
        "risk_registry_entrycause": {marks.CAUSE},
        "school_historyevent": {CANARY},
    }


def _tables() -> Iterator[tuple[str, set[str]]]:
    names = connection.introspection.table_names()
    assert len(names) > 150
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(name)} t WHERE t::text LIKE '%zqmark%'")
            yield name, told(cursor.fetchall())


def pdf_marks(content: bytes) -> set[str]:
    """Marks in a printed document, also those that a line's end divides."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return marks_in("".join(text.split()).encode())


def test_no_report_holds_them_in_any_format(world: World) -> None:
    """The value of each report, which all its formats show, and every format; of PDFs those that the service prints."""
    walked, printed = 0, []
    for kind in report_kinds():
        try:
            value = kind.build(ReportQuery(world.school, 1, pupil="p1"))
        except Refused:
            continue
        formats = {name: render(value) for name, render in kind.renderers.items() if name != "pdf"}
        assert not told(value) & EVERY, kind.kind
        assert not [name for name, content in formats.items() if marks_in(content) & EVERY], kind.kind
        walked += 1 + len(formats)
        if kind.build.__module__.startswith("consultations.") and "pdf" in kind.renderers:
            assert not pdf_marks(kind.renderers["pdf"](value)) & EVERY, kind.kind
            printed.append(kind.kind)

    assert walked > 15
    assert set(printed) >= {"consultation_schedule", "service_load"}


@pytest.mark.parametrize(
    ("column", "what", "name", "held"),
    [
        ("psyh", "protocol", "protocol", {marks.COURSE, marks.DECISION, marks.FINDINGS, marks.ADVICE, marks.PARENTS}),
        ("cls", "conclusion", "signed_conclusion", {marks.FINDINGS, marks.ADVICE, marks.PARENTS}),
        ("cls", "petition", "petition", {marks.PETITION}),
        ("psyh", "petitions", "council", set()),
        ("soc", "cases", "mediation", set()),
        ("sub", "card", "pupil", {marks.ADVICE, marks.DECISION}),
        ("men", "card", "pupil", {marks.ADVICE}),
    ],
)
def test_a_paper_of_a_council_holds_what_its_reader_may_have(
    world: World, column: str, what: str, name: str, held: set[str]
) -> None:
    user = world.users[column]
    row = paper_find(user, what, world.pupil.pk if name == "pupil" else world.things[name].pk)

    assert pdf_marks(PAPERS[what].make(user, row)) == held


def test_the_printed_card_holds_what_was_ticked_and_nothing_of_the_service(world: World) -> None:
    user = world.users["dep"]
    pupil = pupils_of_page(user).get(pk=world.pupil.pk)
    card = card_pdf(build_card(user, pupil, None, [part.code for part in parts_for(user, pupil)]))

    assert pdf_marks(card) & EVERY == {marks.CAUSE}


def test_the_file_for_the_commission_holds_its_own_grounds_and_nothing_of_the_service(world: World) -> None:
    """The case is about the pupil of whom all notes, plans, causes and conclusions are."""
    for column in ("dir", "dep"):
        report = build_commission_file(world.users[column], world.things["family_case"])
        assert told(report) == {marks.FAMILY}
        assert pdf_marks(commission_pdf(report)) == {marks.FAMILY}


@pytest.mark.parametrize("column", [name for name in COLUMNS if name != "anon"])
def test_no_list_of_a_person_holds_them(world: World, column: str) -> None:
    """Search, agenda, calendar, the history of the pupil."""
    user = world.users[column]
    today = date(2026, 11, 21)
    found = client_of(user).get(reverse("desk:search"), {"q": "zqmark"}).content
    history = changes_in_words(pupil_events(user, world.pupil)[:500])

    assert not marks_in(found)
    assert not told(agenda_of(user, today), calendar_of(user, today, "")) & EVERY
    assert not told(history) & EVERY
    if column in ("dep", "psy", "sub"):
        assert CANARY in told(history)


def test_no_letter_holds_them_nor_a_name(world: World) -> None:
    """The notice of an opened note, the morning's letter."""
    user = world.users["psy"]
    digest_set(by=user, wanted=True, email="psy@school.example")
    digest_send(user_id=user.pk, moment=datetime(2026, 11, 23, 9, tzinfo=UTC))
    letters = list(OutboxMail.objects.values_list("subject", "body"))

    assert letters
    assert not told(letters)
    assert "Ковтун" not in str(letters)


@contextmanager
def _failing(table: str) -> Iterator[None]:
    """The database fails at a table, and says what it was asked for, values included."""

    def fail(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if table in str(sql):
            raise ValueError(f"{sql} {params}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """Everything that any logger says, as production writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateFormatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def _deeds(world: World) -> list[tuple[str, str, dict[str, object], str]]:
    """Address, the table at which it fails, what is sent, who sends it."""
    pupil, plan = world.pupil.pk, world.things["plan"].pk
    note, opened = world.things["note"].pk, world.things["opened"].pk
    words: dict[str, object] = {"on": "2026-11-20", "words": marks.NOTE}
    frame: dict[str, object] = {"responsible": world.person("psy").pk}
    frame |= {"begins": "2026-11-02", "ends": "2027-04-30", "why": marks.PLAN}
    return [
        (reverse("notes:new_pupil", args=[pupil]), "consultations_notetext", words, "psy"),
        (reverse("notes:words", args=[opened]), "consultations_noterevision", {}, "psy"),
        (
            reverse("notes:correct", args=[note]),
            "consultations_noterevision",
            {"words": marks.FORMER, "version": 1},
            "psy",
        ),
        (reverse("notes:open", args=[note]), "consultations_noteopening", {"grounds": marks.GROUNDS}, "psyh"),
        (reverse("plans:edit", args=[plan]), 'UPDATE "consultations_plantext"', frame, "psy"),
        (reverse("plans:goal", args=[plan]), 'INSERT INTO "consultations_plangoal"', {"words": marks.GOAL}, "psy"),
        *_deeds_of_councils(world),
    ]


def _deeds_of_councils(world: World) -> list[tuple[str, str, dict[str, object], str]]:
    question, petition = world.things["held_question"].pk, world.things["petition"].pk
    told: dict[str, object] = {"outcome": "support", "findings": marks.FINDINGS, "advice": marks.ADVICE}
    asked: dict[str, object] = {"kind": "ppk", "reason": "learn", "initiator": "class", "on": "2026-11-17"}
    asked["noticed"] = marks.PETITION
    return [
        (reverse("councils:course", args=[question]), "consultations_questionwords", {"course": marks.COURSE}, "psyh"),
        (
            reverse("councils:decision_new", args=[question]),
            "consultations_councildecision",
            {"text": marks.DECISION},
            "psyh",
        ),
        (reverse("councils:conclusion", args=[question]), 'UPDATE "consultations_conclusionwords"', told, "psyh"),
        (
            reverse("councils:petition_edit", args=[petition]),
            'UPDATE "consultations_petitionwords"',
            asked,
            "cls",
        ),
        (
            reverse("councils:case_course", args=[world.things["case"].pk]),
            'UPDATE "consultations_casewords"',
            {"course": marks.CASE},
            "soc",
        ),
    ]


@pytest.mark.parametrize("debug", [False, True])
def test_no_page_of_an_error_and_no_log_holds_them(
    world: World, settings: Any, written: io.StringIO, debug: bool
) -> None:
    settings.DEBUG = debug
    for address, table, data, column in _deeds(world):
        with _failing(table), transaction.atomic():
            answer = client_of(world.users[column]).post(address, data)
            transaction.set_rollback(True)
        assert answer.status_code == 500, address
        assert not marks_in(answer.content) & EVERY, address

    assert "ValueError" in written.getvalue()
    assert not told(written.getvalue())


def test_an_ordinary_page_of_an_error_does_show_what_was_sent_in_debugging(world: World, settings: Any) -> None:
    """So that the test above is known to see."""
    settings.DEBUG = True
    address = reverse("advice:new", args=[world.pupil.pk])
    with _failing("consultations_recommendation"), transaction.atomic():
        answer = client_of(world.users["psy"]).post(address, {"text": CANARY, "audience": "all"})
        transaction.set_rollback(True)

    assert answer.status_code == 500
    assert marks_in(answer.content) == {CANARY}


def test_no_page_of_the_service_keeps_a_draft_in_the_browser(world: World) -> None:
    client = client_of(world.users["psy"])
    for name, key in (("notes:new_pupil", world.pupil.pk), ("plans:edit", world.things["plan"].pk)):
        page = client.get(reverse(name, args=[key]))
        assert "data-store" not in page.content.decode()
        assert "no-store" in page["Cache-Control"]


def test_words_print_as_nothing(world: World) -> None:
    note = ConfidentialNote.objects.get(pk=world.things["opened"].pk)

    assert not told(note, str(note), note_words(world.users["psy"], note))
