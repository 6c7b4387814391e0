"""Notices as papers: each with its tear-off; a sheet for each pupil."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from common.errors import Refused
from documents.registry import ReportQuery
from documents.rendering.pdf import render_pdf
from documents.rendering.svg import Svg
from parents.models import Notice
from parents.qr import qr_svg
from parents.rules.notices import NoticeBody, telling
from parents.selectors.notice_facts import known_of
from parents.services.notices import body_of
from parents.words import NoticeKind, NoticeState
from risk_registry.selectors.periods import main_period, year_of
from school.access import pupils_for
from school.models import Pupil, School

TITLE = "Уведомление родителям"


@dataclass(frozen=True)
class NoticePaper:
    """One notice. `number` is None for a draft that nobody has made: it prints «проект»."""

    number: int | None
    on: date
    kind: str
    title: str
    external_id: str
    reply_by: date | None
    body: NoticeBody
    address: str = field(default="", repr=False)

    @property
    def qr(self) -> Svg | None:
        """The personal link on it as a drawing; None on paper without one."""
        return qr_svg(self.address, "QR-код для ответа с телефона") if self.address else None


@dataclass(frozen=True)
class Notices:
    """What one file holds."""

    code: str
    school: str
    founder: str
    notices: tuple[NoticePaper, ...]


def build_notices(asked: ReportQuery) -> Notices:
    """The notices of `extra["notices"]` whom the person sees; else the newest of the pupil in the period, or a draft
    about the marks when none was made.

    Raises `Refused` for an unknown pupil, year or period, and when there is nothing to print.
    """
    papers = _chosen(asked) if "notices" in asked.extra else [_of_pupil(asked)]
    if not papers:
        raise Refused("Таких уведомлений нет.")
    return Notices(asked.school.code, asked.school.official_name, asked.school.founder, tuple(papers))


def _chosen(asked: ReportQuery) -> list[NoticePaper]:
    rows = Notice.objects.all() if asked.user is None else Notice.objects.visible_to(asked.user)
    found = rows.filter(school=asked.school, pk__in=asked.extra["notices"]).select_related("pupil")
    return [_paper(row) for row in found.order_by("number")]


def _of_pupil(asked: ReportQuery) -> NoticePaper:
    if not asked.pupil:
        raise Refused("Назовите ученика: уведомление — об одном.")
    rows = Pupil.objects.filter(school=asked.school) if asked.user is None else pupils_for(asked.user)
    pupil = rows.filter(external_id=asked.pupil).first()
    if pupil is None:
        raise Refused(f"Ученика с номером «{asked.pupil}» нет.")
    period = main_period(year_of(asked.school, asked.year), asked.period)
    made = Notice.objects.filter(pupil=pupil, period=period).exclude(state=NoticeState.WITHDRAWN)
    newest = made.select_related("pupil").order_by("-on", "-number").first()
    if newest is not None:
        return _paper(newest)
    today = asked.school.today()
    known = known_of([pupil], period, today).get(pupil.pk)
    if known is None:
        raise Refused("В этом периоде ученик не числится ни в одном классе.")
    kind = NoticeKind.MARKS
    return NoticePaper(None, today, kind.value, kind.label, pupil.external_id, None, telling(known.body, kind))


def _paper(row: Notice) -> NoticePaper:
    kind = NoticeKind(row.kind)
    return NoticePaper(row.number, row.on, kind.value, kind.label, row.pupil.external_id, row.reply_by, body_of(row))


def with_links(school: School, addresses: Sequence[tuple[Notice, str]]) -> Notices:
    """Notices each with the address of its personal link, in the order of their numbers."""
    papers = sorted(addresses, key=lambda one: one[0].number)
    sheets = tuple(replace(_paper(row), address=address) for row, address in papers)
    return Notices(school.code, school.official_name, school.founder, sheets)


def notices_pdf(report: Notices) -> bytes:
    """A sheet each, with the tear-off at its foot."""
    return render_pdf(render_to_string("parents/notice_print.html", {"report": report}))


def notices_json(report: Notices) -> bytes:
    """The dataclass itself; days are ISO."""
    told: dict[str, Any] = asdict(report)
    told["school"] = told.pop("code")
    for one in told["notices"]:
        del one["address"]
    return json.dumps(told, ensure_ascii=False, default=str, indent=1).encode()


def notices_name(report: Notices) -> str:
    """«Уведомление № 12 от 21.11.2026», «Уведомления № 12–36»."""
    numbers = [one.number for one in report.notices if one.number is not None]
    if len(report.notices) == 1:
        first = report.notices[0]
        return f"Уведомление № {first.number} от {first.on:%d.%m.%Y}" if numbers else "Уведомление, проект"
    return f"Уведомления № {min(numbers)}–{max(numbers)}"


RENDERERS = {"pdf": notices_pdf, "json": notices_json}
