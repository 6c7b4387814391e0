"""Reminders to class teachers: an item on their desk and a letter that names nobody."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.urls import reverse

from common.authorship import deed
from common.errors import Refused
from common.russian import counted, date_words
from documents.services.mail import mail_put
from risk_registry.models import ApprovalReminder, RegistryEntry
from risk_registry.rules.approval import reminds_on
from risk_registry.selectors.agreeing import WAITING
from risk_registry.selectors.approvals import Term, term_of
from risk_registry.selectors.periods import shown_period, year_of
from school.models import Period, School, SchoolClass, User
from school.selectors import holiday_spans

_TWICE = "Сегодня этому классу уже напоминали."


@dataclass(frozen=True)
class Reminded:
    """What became of a reminder; `mailed`: a letter goes too, because the teacher has an address."""

    reminder: ApprovalReminder
    mailed: bool


@deed
def reminder_send(*, by: User | None, period: Period, school_class: SchoolClass) -> Reminded:
    """Remind the class teacher of the entries that wait; with `by=None` it is the calendar that does.

    Raises `Refused` when nothing waits, when the class has no teacher, and for a second one of the same day (of the
    calendar's: of the same term).
    """
    waiting = RegistryEntry.objects.filter(period=period, school_class=school_class, state__in=WAITING).count()
    if not waiting:
        raise Refused("Класс уже всё согласовал: напоминать не о чем.")
    if school_class.class_teacher is None:
        raise Refused("У класса нет классного руководителя: назначьте его на странице класса.")
    term = term_of(period, period.year.school.today(), holiday_spans(period.year))
    return _remind(by, term, school_class, waiting)


def _remind(by: User | None, term: Term, school_class: SchoolClass, waiting: int) -> Reminded:
    school, teacher = term.period.year.school, school_class.class_teacher
    assert teacher is not None
    reminder = ApprovalReminder(
        school=school,
        period=term.period,
        school_class=school_class,
        to=teacher,
        due=term.due,
        on=term.today,
        by=by,
        at=school.now(),
    )
    try:
        with transaction.atomic():
            reminder.save()
    except IntegrityError:
        raise Refused(_TWICE) from None
    login = User.objects.filter(staff=teacher, is_active=True).exclude(email="").first()
    if login is not None:
        subject, body = reminder_letter(term, school_class, waiting)
        mail_put(school=school, to=login.email, subject=subject, body=body)
    return Reminded(reminder, login is not None)


def reminder_letter(term: Term, school_class: SchoolClass, waiting: int) -> tuple[str, str]:
    """Subject and words: class, number and day; mail leaves the school, so nobody is named (docs/trust.md, 25)."""
    words = counted(waiting, "запись ждёт", "записи ждут", "записей ждут")
    page = f"{reverse('registry:agree')}?period={term.period.pk}"
    where = f"{settings.PUBLIC_URL}{page}" if settings.PUBLIC_URL else "Опора → «Реестр» → «Согласовать свой класс»"
    body = (
        f"{school_class} класс, {term.period.title_inside} {term.period.year}: {words} вашего согласования в реестре.\n"
        f"Срок — {date_words(term.due)}.\n\n{where}\n"
    )
    return f"Опора: реестр {school_class}, {term.period.title_inside}", body


def schools_remind() -> int:
    """The calendar's reminders, some school days before the term; returns how many. To do it again sends none."""
    sent = 0
    for school in School.objects.filter(classifications__isnull=False).select_related("settings").distinct():
        term = _present_term(school)
        if term is not None and _is_time(school, term):
            sent += sum(_remind_class(term, each) for each in _waiting_classes(term))
    return sent


def _present_term(school: School) -> Term | None:
    """The term of the period that is decided now: the last that is over, else the first; None without a year."""
    try:
        period = shown_period(year_of(school))
    except Refused:
        return None
    return None if period is None else term_of(period, school.today(), holiday_spans(period.year))


def _is_time(school: School, term: Term) -> bool:
    before, holidays = school.settings.remind_days, holiday_spans(term.period.year)
    return reminds_on(term.due, term.today, before=before, holidays=holidays)


def _waiting_classes(term: Term) -> list[SchoolClass]:
    rows = RegistryEntry.objects.filter(period=term.period, state__in=WAITING).values("school_class")
    return list(SchoolClass.objects.filter(pk__in=rows.annotate(n=Count("pk")).values("school_class")))


def _remind_class(term: Term, school_class: SchoolClass) -> int:
    """One class in a transaction of its own."""
    try:
        reminder_send(by=None, period=term.period, school_class=school_class)
    except Refused:
        return 0
    return 1
