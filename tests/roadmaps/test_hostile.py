"""What comes from outside to the roadmap's pages: files that are not what they say, stale forms, tables with holes."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from roadmaps.models import Activity, Evidence, Occurrence, Roadmap, RoadmapTable
from school.models import School, User
from school.roles import Position
from tests.factories import make_school, make_staff
from tests.roadmaps.test_roadmap import PNG, occurrence_of

pytestmark = pytest.mark.django_db
HEAD = ["Направление", "Мероприятие", "Сроки", "Ответственные"]


@pytest.fixture
def desk(client: Client, deputy: User) -> Client:
    client.force_login(deputy)
    return client


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("протокол.pdf", b"<html><script>alert(1)</script></html>"),
        ("фото.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("фото.jpg", b"MZ" + b"\0" * 200),
        ("список.docx", b"PK\x03\x04" + b"\0" * 200),
        ("пусто.pdf", b""),
        ("огромный.pdf", b"%PDF-1.4\n" + b"0" * (11 << 20)),
    ],
)
def test_evidence_is_taken_by_what_it_holds_and_not_by_its_name(
    desk: Client, approved: Roadmap, name: str, content: bytes
) -> None:
    at = reverse("roadmap:evidence", args=[occurrence_of(approved, 8).pk])
    answer = desk.post(at, {"kind": "protocol", "file": SimpleUploadedFile(name, content, "image/png")})

    assert answer.status_code == 422 and not Evidence.objects.exists()


def test_evidence_is_kept_under_a_name_of_its_own_and_handed_out_as_an_attachment(
    desk: Client, approved: Roadmap, school: School
) -> None:
    at = reverse("roadmap:evidence", args=[occurrence_of(approved, 8).pk])
    file = SimpleUploadedFile('../../etc/"x".png', PNG + b"<script>", "text/html")
    desk.post(at, {"kind": "photo", "title": "../Семинар\r\nSet-Cookie: a=b", "file": file})
    kept = Evidence.objects.get().file
    assert kept is not None and "etc" not in kept.path and ".." not in kept.path
    address = reverse("documents:file", args=[kept.pk])
    answer = desk.get(address)

    assert answer["Content-Type"] == "image/png" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment") and "Set-Cookie" not in answer.cookies
    teacher = make_staff(school, "Белова Анна Петровна", Position.TEACHER, login="teacher").user
    other = make_staff(make_school("S2"), "Ким Вера Ильинична", Position.DEPUTY, login="other").user
    for stranger in (teacher, other):
        desk.force_login(stranger)
        assert desk.get(address).status_code == 404
    desk.logout()
    assert desk.get(address).status_code == 302


@pytest.mark.parametrize("version", ["-1", "1²", "9" * 40, "", "нет"])
def test_a_form_that_no_page_has_sent_moves_nothing(desk: Client, approved: Roadmap, version: str) -> None:
    row = occurrence_of(approved, 20)
    at = reverse("roadmap:occurrence", args=[row.pk, "move"])
    answer = desk.post(at, {"to": "2027-01-20", "why": "карантин", "version": version})

    assert answer.status_code == 422 and "обновите страницу" in answer.content.decode()
    assert Occurrence.objects.get(pk=row.pk).state == "planned"


def test_of_two_who_move_one_term_the_second_is_told_and_keeps_the_words(desk: Client, approved: Roadmap) -> None:
    at = reverse("roadmap:occurrence", args=[occurrence_of(approved, 20).pk, "move"])
    assert desk.post(at, {"to": "2027-01-20", "why": "карантин", "version": 0}).status_code == 302
    second = desk.post(at, {"to": "2027-02-10", "why": "ремонт зала", "version": 0})

    assert second.status_code == 422
    assert "обновите" in second.content.decode() and "ремонт зала" in second.content.decode()


def bring(desk: Client, roadmap: Roadmap, *rows: list[Any]) -> str:
    book = Workbook()
    assert book.active is not None
    for row in (HEAD, *rows):
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("карта.xlsx", out.getvalue())
    return str(desk.post(reverse("roadmap:bring", args=[roadmap.pk]), {"file": file})["Location"])


def test_rows_of_a_table_that_cannot_be_written_whole_say_so(desk: Client, roadmap: Roadmap) -> None:
    at = bring(
        desk, roadmap, ["Своё", None, "Октябрь", "Директор"], ["Своё", "Семинар " * 100, "с мая по сентябрь", "сторож"],
        ["Своё", "Без срока", None, "Директор"],
    )  # fmt: skip
    nameless, long, termless = desk.get(at).context["rows"]

    assert (nameless.why, long.why, termless.why) == ("нет названия мероприятия", "", "нет срока")
    assert [note.split(":")[0] for note in long.notes] == [
        "срок «с мая по сентябрь» записан словами", "не узнаны, записаны словами", "длиннее места, запишется начало",
    ]  # fmt: skip
    desk.post(at, {"what": "write"})
    desk.post(at, {"what": "write"})
    assert len(RoadmapTable.objects.get().written) == 1
    assert Activity.objects.filter(others="сторож").count() == 1


def test_nothing_is_written_that_was_not_looked_at(desk: Client, roadmap: Roadmap) -> None:
    at = bring(desk, roadmap, ["Своё", "Семинар", "Октябрь", "Директор"])
    changed = {"what": "write", "column-0": "direction", "column-1": "title", "column-3": "term"}
    page = desk.post(at, changed, follow=True)

    assert "разбор обновлён" in page.content.decode() and roadmap.activities.count() == 20
    assert RoadmapTable.objects.get().columns == {"0": "direction", "1": "title", "3": "term"}
    desk.post(at, changed)
    assert roadmap.activities.get(title="Семинар").term_text == "Директор"


def test_a_broken_workbook_is_refused_with_what_to_do(desk: Client, roadmap: Roadmap) -> None:
    book = BytesIO()
    Workbook().save(book)
    file = SimpleUploadedFile("карта.xlsx", book.getvalue()[:900])
    answer = desk.post(reverse("roadmap:bring", args=[roadmap.pk]), {"file": file})

    assert answer.status_code == 422 and "сохраните его заново" in answer.content.decode()
    assert not RoadmapTable.objects.exists()
