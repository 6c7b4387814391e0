"""The protocol of transfer and the timetable of attempts in their printed forms."""

from collections.abc import Iterator
from datetime import date

from django.template.loader import render_to_string

from common.names import NBSP
from common.russian import counted, date_short
from documents.rendering.pdf import render_pdf
from documents.rendering.xlsx import Cell, Sheet, render_xlsx
from risk_registry.reports.resits import ResitsReport
from risk_registry.reports.transfer import PupilLine, TransferReport
from risk_registry.rules.admission import Decision

# Whom the protocol names with reasons, in this order; the others by class, without.
SINGLED_OUT = (
    Decision.CONDITIONAL,
    Decision.HELD,
    Decision.REPEAT,
    Decision.ADAPTED,
    Decision.PLAN,
    Decision.WAITS,
    Decision.NOT_ADMITTED,
    Decision.UNKNOWN,
)
PLAIN = (Decision.MOVED, Decision.ADMITTED, Decision.UNTRIED, Decision.UNKNOWN)
_TRANSFER = ("Класс", "Обучающийся", "Решение", "Предметы и сроки")
_RESITS = ("День", "Время и место", "Класс", "Обучающийся", "Предмет", "Попытка", "Кто принимает", "Срок ликвидации")


def transfer_name(report: TransferReport) -> str:
    """«Протокол о переводе 2026-27»."""
    return f"Протокол о переводе {report.year.replace('/', '-')}"


def resits_name(report: ResitsReport) -> str:
    """«График ликвидации задолженности»."""
    return "График ликвидации задолженности"


def groups_of(report: TransferReport) -> list[tuple[Decision, str, list[PupilLine]]]:
    """Those who are singled out, by decision, with «5 человек»; without empty groups."""
    told = [(one, [line for line in report.of(one) if one not in PLAIN or line.reasons]) for one in SINGLED_OUT]
    return [(one, counted(len(lines), "человек", "человека", "человек"), lines) for one, lines in told if lines]


def plain_of(report: TransferReport) -> list[tuple[str, Decision, list[str]]]:
    """Names of those of whom there is nothing else to say, by class."""
    found = []
    for line in report.classes:
        for decision in PLAIN:
            names = [one.name for one in line.pupils if one.decision == decision and not one.reasons]
            if names:
                found.append((line.name, decision, names))
    return found


def _signed(short: str) -> str:
    """Beside a signature initials stand first."""
    surname, _, letters = short.partition(NBSP)
    return f"{letters}{NBSP}{surname}" if letters else surname


def _approval(director: str, year: int) -> list[str]:
    blank = f"«___» ______________ {year} г."
    return ["УТВЕРЖДАЮ", "Директор школы", f"______________ {_signed(director)}", blank]


def transfer_pdf(report: TransferReport, *, number: str = "", on: date | None = None) -> bytes:
    """On the school's paper; without a number and a day there are lines to write them on."""
    told = {
        "report": report,
        "number": number,
        "on": on,
        "groups": groups_of(report),
        "plain": plain_of(report),
        "signatures": [
            ("Председатель педагогического совета", _signed(report.director)),
            ("Заместитель директора по УВР", _signed(report.deputy)),
            ("Секретарь", ""),
        ],
    }
    return render_pdf(render_to_string("risk_registry/transfer_print.html", told))


def transfer_xlsx(report: TransferReport) -> bytes:
    """A row a pupil, by class and name."""
    note = f"{report.school}. Перевод обучающихся, {report.year}. На {date_short(report.made_on)}"
    rows: Iterator[tuple[Cell, ...]] = (
        (line.name, one.name, one.decision.label, one.why) for line in report.classes for one in line.pupils
    )
    return render_xlsx([Sheet("Перевод", _TRANSFER, rows, note=note, landscape=True)])


def resits_pdf(report: ResitsReport) -> bytes:
    """On the school's paper."""
    told = {
        "report": report,
        "right": _approval(report.director, report.made_on.year),
        "signatures": [("Заместитель директора по УВР", _signed(report.deputy))],
    }
    return render_pdf(render_to_string("risk_registry/resits_print.html", told))


def resits_xlsx(report: ResitsReport) -> bytes:
    """A row an attempt, by day."""
    note = f"{report.school}. График ликвидации академической задолженности. На {date_short(report.made_on)}"
    rows: Iterator[tuple[Cell, ...]] = (
        (
            one.on,
            one.place,
            one.school_class,
            one.name,
            one.subject,
            f"{one.number}-я",
            "\n".join(one.members),
            one.due,
        )
        for one in report.lines
    )
    return render_xlsx([Sheet("График", _RESITS, rows, note=note, landscape=True)])


TRANSFER_RENDERERS = {"pdf": transfer_pdf, "xlsx": transfer_xlsx}
RESITS_RENDERERS = {"pdf": resits_pdf, "xlsx": resits_xlsx}
