"""The quarter's report: every piece of it, the same in all four forms, equal to figures counted apart."""

import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from common.russian import decimal
from demo.services import Plan, demo_load
from gradebook.models import Mark
from monitoring.models import Report, ReportState
from monitoring.reports.freezing import thaw
from monitoring.reports.printing import RENDERERS, printed_of
from monitoring.reports.quarterly_shapes import Line, QuarterReport
from monitoring.services import quarterly_make, report_approve, report_withdraw
from risk_registry.categories import Category
from risk_registry.services.classification import period_classify
from risk_registry.services.registry import entry_include
from school.models import Pupil, School, User
from school.roles import Position
from tests.acceptance.raw_figures import Seat, category_of, seats_on, subjects_of, three_twos
from tests.factories import make_class, make_pupil, make_school, make_staff
from tests.risk_registry.making import give_marks, give_result, period_of

pytestmark = pytest.mark.django_db
PARTS = ("pupils", "failing", "weak", "reserve", "none", "unrated")


def made(school: School, by: User, number: int) -> Report:
    return quarterly_make(by=by, school=school, period=period_of(school, number))


def grouped(seats: dict[int, Seat], name_of: Callable[[Seat], str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for seat in seats.values():
        category = category_of(seat)[0]
        own = found.setdefault(name_of(seat), Counter())
        own["pupils"] += 1
        own[category] += 1
        own["none"] += category == "unrated"
    return found


def level_of(seat: Seat) -> str:
    grade = seat.school_class.grade
    return "НОО" if grade <= 4 else "ООО" if grade <= 9 else "СОО"


def check_lines(lines: tuple[Line, ...], now: dict[str, Counter[str]], was: dict[str, Counter[str]]) -> None:
    assert {line.name for line in lines} == set(now)
    for line in lines:
        count, before = now[line.name], was[line.name]
        assert {part: getattr(line, part) for part in PARTS} == {part: count[part] for part in PARTS}
        assert line.change == sum(count[part] - before[part] for part in ("failing", "weak"))
        for part in ("failing", "weak", "reserve"):
            assert getattr(line, f"change_{part}") == count[part] - before[part]
            exact = Decimal(count[part] * 100) / count["pupils"]
            assert line.share(part) == float(exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def check_against_raw_rows(report: QuarterReport, now: dict[int, Seat], was: dict[int, Seat]) -> None:
    for lines, name_of in (
        (report.classes, lambda seat: str(seat.school_class)),
        (report.levels, level_of),
        ((report.totals,), lambda seat: "Итого"),
    ):
        check_lines(lines, grouped(now, name_of), grouped(was, name_of))
    judged = {pupil: category_of(seat) for pupil, seat in now.items()}
    at_risk = {pupil: told for pupil, told in judged.items() if told[0] in ("failing", "weak", "reserve")}
    assert {line.pupil: (line.category, {c.subject for c in line.causes}) for line in report.pupils} == at_risk
    names = {pupil.pk: pupil.full_name for pupil in Pupil.objects.all()}
    assert all(line.name == names[line.pupil] for line in report.pupils)
    told = {(line.pupil, line.subject, tuple(sorted(line.dates))) for line in report.signals}
    assert told == three_twos(now)
    subjects = {
        line.subject: (
            line.results,
            line.unsatisfactory_results,
            line.not_attested,
            line.mean,
            line.unsatisfactory_marks,
        )
        for line in report.subjects
    }
    assert subjects == {name: figures.told() for name, figures in subjects_of(now).items()}
    missed: dict[str, Counter[str]] = {}
    for seat in now.values():
        missed.setdefault(str(seat.school_class), Counter()).update(seat.missed)
    for absent in report.absences:
        own = missed[absent.school_class]
        assert (absent.unexcused, absent.illness, absent.excused) == (
            own["unexcused"], own["illness"], own["excused"],
        )  # fmt: skip
    assert sum(line.total for line in report.absences) == sum(sum(own.values()) for own in missed.values()) > 0
    before = {pupil: category_of(seat)[0].replace("unrated", "none") for pupil, seat in was.items()}
    changed = {names[p] for p, (category, _) in judged.items() if category.replace("unrated", "none") != before[p]}
    assert report.changes is not None
    assert Counter(line.name for line in report.changes.lines) == Counter(changed)


def cells_of(html: str) -> list[list[str]]:
    """Rows of all tables of a page, cell by cell."""
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", html)
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", c)).split())
            for c in re.findall(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>", r)
        ]
        for r in rows
    ]


def check_page(report: QuarterReport, html: str) -> None:
    rows = cells_of(html)
    for line in (*report.classes, *report.levels, report.totals):
        assert any(row[:7] == [line.name, *(str(getattr(line, part)) for part in PARTS)] for row in rows)
    for subject in report.subjects:
        mean = "—" if subject.mean is None else decimal(subject.mean, 2)
        figures = (subject.results, subject.unsatisfactory_results, subject.not_attested)
        assert [subject.subject, *map(str, figures), mean, str(subject.unsatisfactory_marks)] in rows
    for absent in report.absences:
        figures = (absent.unexcused, absent.illness, absent.excused)
        assert [absent.school_class, *map(str, figures), str(absent.total)] in rows
    named = Counter((row[0], row[1]) for row in rows if len(row) > 1)
    people = [(line.school_class, line.name) for line in report.pupils]
    assert all(named[who] for who in people + [(line.school_class, line.name) for line in report.signals])


def check_pdf(report: QuarterReport, pdf: bytes) -> None:
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    for line in (*report.classes, *report.levels, report.totals):
        figures = " ".join(str(getattr(line, part)) for part in PARTS)
        share = "—" if line.share("at_risk") is None else decimal(line.share("at_risk") or 0.0)
        assert f"{line.name} {figures} {share}" in text
    for subject in report.subjects:
        mean = "—" if subject.mean is None else decimal(subject.mean, 2)
        figures = f"{subject.results} {subject.unsatisfactory_results} {subject.not_attested} {mean}"
        assert f"{subject.subject} {figures} {subject.unsatisfactory_marks}" in text
    for absent in report.absences:
        assert f"{absent.school_class} {absent.unexcused} {absent.illness} {absent.excused} {absent.total}" in text
    assert all(name in text for name in [line.name for line in report.pupils] + [line.name for line in report.signals])


def check_xlsx(report: QuarterReport, content: bytes) -> None:
    book = openpyxl.load_workbook(BytesIO(content))
    sheets = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book}
    assert [row[:7] for row in sheets["Категории"]] == [
        (line.name, *(getattr(line, part) for part in PARTS))
        for line in (*report.classes, *report.levels, report.totals)
    ]
    assert sheets["Предметы"] == [
        (s.subject, s.results, s.unsatisfactory_results, s.not_attested, s.mean, s.unsatisfactory_marks)
        for s in report.subjects
    ]
    *missed, total = sheets["Пропуски"]
    assert missed == [(a.school_class, a.unexcused, a.illness, a.excused, a.total) for a in report.absences]
    sums = (
        sum(getattr(line, part) for line in report.absences) for part in ("unexcused", "illness", "excused", "total")
    )
    assert total == ("Итого", *sums)
    assert [row[:2] for row in sheets["Реестр"]] == [(p.school_class, p.name) for p in report.pupils]
    assert [row[:4] for row in sheets["Три двойки"]] == [
        (s.school_class, s.name, s.subject, len(s.dates)) for s in report.signals
    ]
    assert len(sheets["Изменения"]) == len(report.changes.lines if report.changes else ())


def check_json(report: QuarterReport, told: dict[str, Any]) -> None:
    lines = [told["totals"], *told["levels"], *told["classes"]]
    for line, row in zip((report.totals, *report.levels, *report.classes), lines, strict=True):
        assert {part: row[part] for part in PARTS} == {part: getattr(line, part) for part in PARTS}
        assert row["shares"]["failing"] == line.share("failing")
        assert (row["change"], row["changes"]["reserve"]) == (line.change, line.change_reserve)
    assert [(s["subject"], s["mean"], s["not_attested"]) for s in told["subjects"]] == [
        (s.subject, s.mean, s.not_attested) for s in report.subjects
    ]
    assert [a["unexcused"] for a in told["absences"]] == [a.unexcused for a in report.absences]
    assert [p["name"] for p in told["pupils"]] == [p.name for p in report.pupils]
    assert len(told["three_unsatisfactory"]) == len(report.signals)


def test_its_figures_are_those_of_the_raw_rows_and_the_same_on_page_pdf_xlsx_and_json(
    client: Client, tmp_path: Path
) -> None:
    school = demo_load(Plan(pupils=110))[0]
    deputy = User.objects.get(username="zavuch")
    record = made(school, deputy, 2)
    report = thaw(record.data)

    check_against_raw_rows(report, seats_on(period_of(school, 2)), seats_on(period_of(school, 1)))

    client.force_login(deputy)
    check_page(report, client.get(reverse("monitoring:detail", args=[record.pk])).content.decode())
    check_pdf(report, RENDERERS["pdf"](printed_of(record)))
    check_xlsx(report, RENDERERS["xlsx"](printed_of(record)))
    out = tmp_path / "report.json"
    arguments = ("--school", school.code, "--period", "2", "--format", "json", "--output", str(out), "--json")
    call_command("report", "quarterly", *arguments, stdout=StringIO())
    check_json(report, json.loads(out.read_text()))


DATA = Path(__file__).parent.parent / "data" / "school"
COUNTED = ("pupils", "failing", "weak", "reserve", "none")


def reported(tmp_path: Path, format: str) -> bytes:
    """The report of the sample school's first quarter, as the command writes it."""
    out = tmp_path / f"report.{format}"
    arguments = ("--school", "S1", "--period", "1", "--format", format, "--output", str(out), "--json")
    call_command("report", "quarterly", *arguments, stdout=StringIO())
    return out.read_bytes()


def test_of_the_sample_school_it_says_what_its_raw_facts_say(tmp_path: Path) -> None:
    expected = json.loads((DATA / "expected.json").read_text())
    make_school()
    call_command("import_pupils", str(DATA / "pupils.xlsx"), "--school", "S1", "--json", stdout=StringIO())
    files = [str(path) for name in ("journal_*", "summary_?[АБ].xlsx") for path in sorted(DATA.glob(name))]
    call_command("import_gradebook", *files, "--school", "S1", "--json", stdout=StringIO())

    told = json.loads(reported(tmp_path, "json"))

    assert {part: told["totals"][part] for part in COUNTED} == {part: expected["totals"][part] for part in COUNTED}
    classes = {line["class"]: {part: line[part] for part in COUNTED} for line in told["classes"]}
    assert classes == {name: {part: line[part] for part in COUNTED} for name, line in expected["classes"].items()}
    missed = {line["class"]: (line["unexcused"] + line["illness"] + line["excused"], line["unexcused"])
              for line in told["absences"]}  # fmt: skip
    for name, figures in missed.items():
        own = [pupil for pupil in expected["pupils"] if pupil["class"] == name]
        assert figures == (sum(p["absences"] for p in own), sum(p["unexcused_lessons"] for p in own))
    three = Counter((line["name"], line["subject"]) for line in told["three_unsatisfactory"])
    assert three == Counter((p["name"], subject) for p in expected["pupils"] for subject in p["three_unsatisfactory"])

    lines = "\n".join(page.extract_text() for page in PdfReader(BytesIO(reported(tmp_path, "pdf"))).pages)
    rows = openpyxl.load_workbook(BytesIO(reported(tmp_path, "xlsx")))["Категории"].iter_rows(values_only=True)
    sheet = {row[0]: row[1:6] for row in rows}
    for name, line in expected["classes"].items():
        figures = tuple(line[part] for part in COUNTED)
        assert re.search(rf"(?m)^{name} {' '.join(map(str, figures))} ", lines)
        assert sheet[name] == figures
    for pupil in expected["pupils"]:
        if pupil["category"] in ("failing", "weak"):
            assert pupil["name"] in lines


@pytest.fixture
def school() -> School:
    return make_school()


@pytest.fixture
def deputy(school: School) -> User:
    make_staff(school, "Ермолаева Софья Викторовна", Position.DEPUTY, login="deputy")
    make_staff(school, "Самойлова Нина Павловна", Position.DIRECTOR)
    return User.objects.get(username="deputy")


def kovtun_with_twos(school: School, on: date = date(2026, 10, 19)) -> Pupil:
    pupil = make_pupil(make_class(school, "7А"), "Ковтун Матвей Андреевич")
    give_marks(pupil, "Алгебра", 2, 4, 3, on=on)
    give_result(pupil, "Алгебра", "3")
    period_classify(period=period_of(school, 1))
    return pupil


def test_the_data_of_a_period_that_is_over_are_told_as_of_its_end(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    give_marks(pupil, "Алгебра", 5, on=date(2026, 11, 19))
    period_classify(period=period_of(school, 2))

    first, second = (thaw(made(school, deputy, number).data) for number in (1, 2))

    assert [line.data_as_of for line in first.classes] == [date(2026, 10, 19)]
    assert [line.data_as_of for line in second.classes] == [date(2026, 11, 19)]


def test_a_class_whose_data_end_early_is_named(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school, on=date(2026, 9, 14))
    make_pupil(make_class(school, "1А"), "Белова Ева Артёмовна")
    period_classify(period=period_of(school, 1))
    assert thaw(made(school, deputy, 1).data).stale == ("7А",)

    give_marks(pupil, "Алгебра", 4, on=date(2026, 10, 24))
    assert thaw(made(school, deputy, 1).data).stale == ()


def test_it_says_what_changed_since_the_last_report(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    first = report_approve(by=deputy, report=made(school, deputy, 1), day=school.today())
    Mark.objects.filter(pupil=pupil, value=2).update(value=5)
    period_classify(period=period_of(school, 1))
    report_withdraw(by=deputy, report=first, grounds="исправлены отметки")

    changes = thaw(made(school, deputy, 1).data).changes

    assert changes is not None
    assert changes.since == "отчёта № 1 за 1-ю четверть 2026/27 от 21.11.2026 (отозван)"
    assert [(line.name, line.was, line.now) for line in changes.lines] == [
        ("Ковтун Матвей Андреевич", Category.WEAK, Category.RESERVE)
    ]


def test_whom_the_school_put_into_the_registry_by_its_decision_is_named_too(
    school: School, deputy: User, client: Client
) -> None:
    kovtun_with_twos(school)
    first = make_class(school, "1А")
    belova = make_pupil(first, "Белова Ева Артёмовна")
    period_classify(period=period_of(school, 1))
    entry_include(
        by=deputy,
        period=period_of(school, 1),
        pupil=belova,
        school_class=first,
        category=Category.WEAK,
        subjects=[],
        grounds="не усваивает программу",
    )

    record = made(school, deputy, 1)
    report = thaw(record.data)

    assert report.totals.weak == 1  # the figures are those of the marks
    assert [(line.name, line.school_class, line.remark) for line in report.included] == [
        ("Белова Ева Артёмовна", "1А", "включён решением школы")
    ]
    client.force_login(deputy)
    page = client.get(reverse("monitoring:detail", args=[record.pk])).content.decode()
    text = " ".join(p.extract_text() for p in PdfReader(BytesIO(RENDERERS["pdf"](printed_of(record)))).pages)
    assert "В реестре не по отметкам: 1" in page.replace("\u00a0", " ")
    assert "Белова Ева Артёмовна" in page
    assert "Белова Ева Артёмовна" in text


def test_an_approved_one_has_number_and_date_and_prints_the_same_again(school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    approved = report_approve(by=deputy, report=made(school, deputy, 1), day=school.today())
    before = {name: render(printed_of(approved)) for name, render in RENDERERS.items()}

    Mark.objects.filter(pupil=pupil).update(value=5)
    period_classify(period=period_of(school, 1))

    again = Report.objects.get(pk=approved.pk)
    assert (again.number, again.approved_on) == (1, school.today())
    assert {name: render(printed_of(again)) for name, render in RENDERERS.items()} == before


def test_figures_are_not_approved_unseen(client: Client, school: School, deputy: User) -> None:
    pupil = kovtun_with_twos(school)
    record = made(school, deputy, 1)
    client.force_login(deputy)
    sent = {"day": "2026-11-21", "seen": record.digest}
    Mark.objects.filter(pupil=pupil, value=2).update(value=5)
    period_classify(period=period_of(school, 1))
    assert made(school, deputy, 1).pk == record.pk

    told = client.post(reverse("monitoring:approve", args=[record.pk]), sent, follow=True).content.decode()

    record.refresh_from_db()
    assert "составлен заново" in told
    assert record.state == ReportState.DRAFT


def test_conclusions_written_at_once_by_two_people_are_not_lost(client: Client, school: School, deputy: User) -> None:
    kovtun_with_twos(school)
    record = made(school, deputy, 1)
    client.force_login(deputy)
    address = reverse("monitoring:conclude", args=[record.pk])
    seen = client.get(reverse("monitoring:detail", args=[record.pk])).context["seen"]
    assert client.post(address, {"conclusions": "Усилить работу с 7А.", "seen": seen}).status_code == 302

    second = client.post(address, {"conclusions": "Провести совещание.", "seen": seen})

    record.refresh_from_db()
    assert (second.status_code, record.conclusions) == (422, "Усилить работу с 7А.")
    assert "Провести совещание." in second.content.decode()
    assert client.post(address, {"conclusions": "Оба решения.", "seen": second.context["seen"]}).status_code == 302


def test_the_pdf_looks_like_a_schools_document(school: School, deputy: User) -> None:
    seven_a = make_class(school, "7А")
    for number in range(60):
        pupil = make_pupil(seven_a, f"Римский-Корсаков{'абвгдежзик'[number % 10]} Константин Александрович")
        give_marks(pupil, "Вероятность и статистика", 2, on=date(2026, 10, 19))
    period_classify(period=period_of(school, 1))

    pdf = PdfReader(BytesIO(RENDERERS["pdf"](printed_of(made(school, deputy, 1)))))

    texts = [page.extract_text() for page in pdf.pages]
    whole = " ".join(" ".join(texts).split())
    assert all([round(float(side)) for side in page.mediabox[2:]] == [595, 842] for page in pdf.pages)  # A4
    assert "УТВЕРЖДАЮ" in texts[0]
    assert "Н. П. Самойлова" in texts[0].replace("\u00a0", " ")
    assert "Аналитический отчёт" in texts[0]
    assert [str(number) in text.split() for number, text in enumerate(texts[1:], 2)] == [True] * (len(texts) - 1)
    with_names = [text for text in texts if "Римский-Корсаков" in text]
    assert len(with_names) > 1
    assert all("Фамилия, имя, отчество" in text for text in with_names)
    surnames = re.findall(r"Римский-Корсаков[а-я] Константин", "\n".join(texts).replace("\u00a0", " "))
    assert len(surnames) == 60
    assert "Рисунок 1" in whole
    assert "Заместитель директора по УВР" in texts[-1]
    assert "С. В. Ермолаева" in texts[-1].replace("\u00a0", " ")
