"""The quarter's report in its forms, each held against the same figures, and those against the raw rows."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
from pypdf import PdfReader

from common.russian import decimal
from monitoring.models import Report
from monitoring.reports.quarter.shapes import Line, QuarterReport
from monitoring.services import quarterly_make
from school.models import Pupil, School, User
from tests.acceptance.raw_figures import Seat, category_of, subjects_of, three_twos
from tests.risk_registry.making import period_of

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
