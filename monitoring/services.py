"""Making, concluding, approving and withdrawing the documents of a period."""

from datetime import date
from typing import Any

from django.db import transaction

from common.errors import Refused
from documents.papers.printed import DROPPED, EDITED, TAKEN
from documents.services import number_next
from monitoring.models import Report, ReportState
from monitoring.permissions import can_approve_reports, can_conclude, can_make_document
from monitoring.reports.freezing import digest, thaw
from monitoring.reports.kinds import DocumentKind, Wanted, document_kind
from monitoring.reports.quarter.report import LastReport, build_quarterly
from monitoring.reports.quarter.shapes import QuarterReport
from monitoring.selectors import is_over, last_concluded, last_day_of
from school.models import Period, School, User

QUARTERLY = "quarterly"
_MAY_NOT = "Составлять этот документ может директор, его заместитель или учитель, о работе которого он."


def quarterly_build(*, school: School, period: Period) -> QuarterReport:
    """The report as the data stand now, against the last one. Raises `Refused` before a classification."""
    last = last_concluded(school, QUARTERLY, period=period)
    report = build_quarterly(school=school, period=period, last=_last(last) if last else None)
    if not report.totals.pupils:
        raise Refused(
            f"За {period.title_accusative} ещё нет ни одной категории. Загрузите контингент и отметки или "
            "пересчитайте категории на странице «Реестр»."
        )
    return report


def _last(report: Report) -> LastReport:
    return LastReport(thaw(report.data), report.number, is_withdrawn=report.state == ReportState.WITHDRAWN)


def quarterly_make(*, by: User, school: School, period: Period) -> Report:
    """The draft of the school's report."""
    return document_make(by=by, kind=document_kind(QUARTERLY), wanted=Wanted(school, period))


@transaction.atomic
def document_make(*, by: User, kind: DocumentKind, wanted: Wanted) -> Report:
    """Make the draft anew, or the first time; what people wrote into it stays. Approved documents are not touched."""
    if not can_make_document(by, school_class=wanted.school_class, teacher=wanted.teacher):
        raise Refused(_MAY_NOT)
    data = kind.look.freeze(kind.build(wanted))
    draft, _ = Report.objects.update_or_create(
        school=wanted.school,
        kind=kind.code,
        period=wanted.period,
        school_class=wanted.school_class,
        teacher=wanted.teacher,
        state=ReportState.DRAFT,
        defaults={"data": data, "digest": digest(data), "made_at": wanted.school.now(), "made_by": by},
    )
    return draft


@transaction.atomic
def report_conclude(*, by: User, report: Report, text: str, seen: str = "") -> Report:
    """Write the conclusions of a draft. `seen`: `mark_of_text` of those that the person had before them.

    Raises `Refused` also when another person has written others meanwhile.
    """
    locked = _locked(report)
    _refuse_writing(by, locked)
    if seen and seen != mark_of_text(locked.conclusions) and locked.conclusions != text.strip():
        raise Refused(
            "Пока вы писали, выводы изменил кто-то другой. Ваш текст остался в поле; сохраните ещё раз, чтобы заменить "
            f"им записанное: «{locked.conclusions}»."
        )
    locked.conclusions = text.strip()
    locked.save(update_fields=["conclusions"])
    return locked


@transaction.atomic
def report_say(*, by: User, report: Report, code: str, state: str, text: str = "") -> Report:
    """Decide about a suggested sentence: take it, write it otherwise, drop it; an empty `state` undecides it."""
    locked = _locked(report)
    _refuse_writing(by, locked)
    known = {one.code for one in _suggestions(locked)}
    if code not in known or state not in ("", TAKEN, EDITED, DROPPED):
        raise Refused("Такой фразы в документе нет: он составлен заново. Обновите страницу.")
    if state == EDITED and not text.strip():
        raise Refused("Напишите фразу или уберите её.")
    decided = {**locked.sentences, code: {"state": state, "text": text.strip() if state == EDITED else ""}}
    if not state:
        del decided[code]
    locked.sentences = decided
    locked.save(update_fields=["sentences"])
    return locked


@transaction.atomic
def report_say_all(*, by: User, report: Report) -> int:
    """Take every suggested sentence about which nobody has decided; how many were taken."""
    locked = _locked(report)
    _refuse_writing(by, locked)
    open_ones = undecided(locked)
    locked.sentences = {**locked.sentences, **{code: {"state": TAKEN, "text": ""} for code in open_ones}}
    locked.save(update_fields=["sentences"])
    return len(open_ones)


def undecided(report: Report) -> list[str]:
    """Codes of the suggested sentences about which nobody has decided."""
    return [one.code for one in _suggestions(report) if one.code not in report.sentences]


def _suggestions(report: Report) -> list[Any]:
    kind = document_kind(report.kind)
    return list(getattr(kind.look.thaw(report.data), "suggestions", ()))


def _refuse_writing(by: User, report: Report) -> None:
    if not can_conclude(by, report):
        raise Refused("Выводы пишет директор, его заместитель или учитель, о работе которого документ.")
    if report.state != ReportState.DRAFT:
        raise Refused("Документ уже утверждён: изменить его нельзя. Отзовите его и составьте новый.")


def mark_of_text(text: str) -> str:
    """A short mark of a text, to tell two versions of the conclusions apart."""
    return digest({"text": text})[:12]


def draft_mark(report: Report) -> str:
    """A mark of everything that a draft says now, to tell whether it is what a person has read."""
    return digest({"data": report.digest, "conclusions": report.conclusions, "sentences": report.sentences})


@transaction.atomic
def report_approve(*, by: User, report: Report, day: date, seen: str = "", text: str | None = None) -> Report:
    """Freeze a draft under the next number of the school's register. The same draft twice is one approval.

    `seen`: `draft_mark` of what the person had before them; other figures and words are not approved unseen. `text`:
    the conclusions as they stand in the person's field; None leaves those that are kept.
    """
    locked = _locked(report)
    if not can_approve_reports(by):
        raise Refused("Утвердить документ может директор или его заместитель.")
    if locked.state == ReportState.APPROVED:
        return locked
    if locked.state != ReportState.DRAFT:
        raise Refused("Утверждение этого документа отозвано, он хранится под своим номером. Составьте новый.")
    if seen and seen != draft_mark(locked):
        raise Refused("Черновик с тех пор изменился: посмотрите, что в нём теперь, и утвердите его.")
    _refuse_early(locked, day)
    _refuse_second(locked)
    if text is not None:
        locked.conclusions = text.strip()
    locked.number = number_next(school=locked.school, kind=locked.kind, year=locked.period.year.start)
    locked.state, locked.approved_on, locked.approved_by = ReportState.APPROVED, day, by
    locked.digest = digest(
        {
            "data": locked.data,
            "conclusions": locked.conclusions,
            "sentences": locked.sentences,
            "number": locked.number,
            "day": day.isoformat(),
        }
    )
    locked.save()
    return locked


def _refuse_second(report: Report) -> None:
    approved = Report.objects.filter(
        school=report.school,
        kind=report.kind,
        period=report.period,
        school_class=report.school_class,
        teacher=report.teacher,
        state=ReportState.APPROVED,
    )
    if approved.exists():
        raise Refused("За этот период уже есть утверждённый документ. Чтобы заменить его, сначала отзовите его.")


@transaction.atomic
def report_withdraw(*, by: User, report: Report, grounds: str) -> Report:
    """Take an approval back. The report stays readable under its number."""
    locked = _locked(report)
    if not can_approve_reports(by):
        raise Refused("Отозвать документ может директор или его заместитель.")
    if locked.state != ReportState.APPROVED:
        raise Refused("Отозвать можно только утверждённый документ.")
    if not grounds.strip():
        raise Refused("Напишите, почему документ отозван.")
    locked.state, locked.grounds = ReportState.WITHDRAWN, grounds.strip()
    locked.withdrawn_at, locked.withdrawn_by = locked.school.now(), by
    locked.save()
    return locked


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",))
    return rows.select_related("school", "period__year", "school_class", "teacher").get(pk=report.pk)


def _refuse_early(report: Report, day: date) -> None:
    if not document_kind(report.kind).early and not is_over(report.period, day):
        last = last_day_of(report.period)
        raise Refused(f"Утвердить документ можно не раньше последнего учебного дня периода: {last:%d.%m.%Y}.")
    if day > report.school.today():
        raise Refused("Дата утверждения не может быть в будущем.")
