"""Making, concluding, approving and withdrawing the reports of a period."""

from datetime import date

from django.db import transaction

from common.errors import Refused
from documents.services import number_next
from monitoring.models import Report, ReportState
from monitoring.permissions import can_approve_reports, can_make_reports
from monitoring.reports.freezing import digest, freeze, thaw
from monitoring.reports.quarterly import LastReport, build_quarterly
from monitoring.reports.quarterly_shapes import QuarterReport
from monitoring.selectors import last_concluded
from school.models import Period, School, User

QUARTERLY = "quarterly"


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


@transaction.atomic
def quarterly_make(*, by: User, school: School, period: Period) -> Report:
    """Make the draft anew, or the first time; conclusions written into it stay. Approved reports are not touched."""
    if not can_make_reports(by):
        raise Refused("Составлять отчёт может директор или его заместитель.")
    data = freeze(quarterly_build(school=school, period=period))
    draft, _ = Report.objects.update_or_create(
        school=school,
        kind=QUARTERLY,
        period=period,
        state=ReportState.DRAFT,
        defaults={"data": data, "digest": digest(data), "made_at": school.now(), "made_by": by},
    )
    return draft


@transaction.atomic
def report_conclude(*, by: User, report: Report, text: str, seen: str = "") -> Report:
    """Write the conclusions of a draft. `seen`: `mark_of_text` of those that the person had before them.

    Raises `Refused` also when another person has written others meanwhile.
    """
    locked = _locked(report)
    if not can_make_reports(by):
        raise Refused("Выводы пишет директор или его заместитель.")
    if locked.state != ReportState.DRAFT:
        raise Refused("Отчёт уже утверждён: выводы изменить нельзя. Отзовите его и составьте новый.")
    if seen and seen != mark_of_text(locked.conclusions) and locked.conclusions != text.strip():
        raise Refused(
            "Пока вы писали, выводы изменил кто-то другой. Ваш текст остался в поле; сохраните ещё раз, чтобы заменить "
            f"им записанное: «{locked.conclusions}»."
        )
    locked.conclusions = text.strip()
    locked.save(update_fields=["conclusions"])
    return locked


def mark_of_text(text: str) -> str:
    """A short mark of a text, to tell two versions of the conclusions apart."""
    return digest({"text": text})[:12]


@transaction.atomic
def report_approve(*, by: User, report: Report, day: date, seen: str = "") -> Report:
    """Freeze a draft under the next number of the school's register. The same draft twice is one approval.

    `seen`: digest of the figures that the person had before them; others are not approved unseen.
    """
    locked = _locked(report)
    if not can_approve_reports(by):
        raise Refused("Утвердить отчёт может директор или его заместитель.")
    if locked.state == ReportState.APPROVED:
        return locked
    if seen and seen != locked.digest:
        raise Refused("Черновик с тех пор составлен заново: посмотрите новые цифры и утвердите их.")
    _refuse_early(locked, day)
    if Report.objects.filter(
        school=locked.school, kind=locked.kind, period=locked.period, state=ReportState.APPROVED
    ).exists():
        raise Refused("За этот период уже есть утверждённый отчёт. Чтобы заменить его, сначала отзовите его.")
    locked.number = number_next(school=locked.school, kind=locked.kind, year=locked.period.year.start)
    locked.state, locked.approved_on, locked.approved_by = ReportState.APPROVED, day, by
    locked.save()
    return locked


@transaction.atomic
def report_withdraw(*, by: User, report: Report, grounds: str) -> Report:
    """Take an approval back. The report stays readable under its number."""
    locked = _locked(report)
    if not can_approve_reports(by):
        raise Refused("Отозвать отчёт может директор или его заместитель.")
    if locked.state != ReportState.APPROVED:
        raise Refused("Отозвать можно только утверждённый отчёт.")
    if not grounds.strip():
        raise Refused("Напишите, почему отчёт отозван.")
    locked.state, locked.grounds = ReportState.WITHDRAWN, grounds.strip()
    locked.withdrawn_at, locked.withdrawn_by = locked.school.now(), by
    locked.save()
    return locked


def _locked(report: Report) -> Report:
    return Report.objects.select_for_update(of=("self",)).select_related("school", "period__year").get(pk=report.pk)


def _refuse_early(report: Report, day: date) -> None:
    if day < report.period.ends:
        raise Refused(f"Период ещё идёт: утвердить отчёт можно с {report.period.ends:%d.%m.%Y}.")
    if day > report.school.today():
        raise Refused("Дата утверждения не может быть в будущем.")
