"""What the registry's term asks of class teachers, and of the deputy when it is over."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from common.russian import counted, date_words
from risk_registry.models import ApprovalReminder, RegistryEntry
from risk_registry.permissions import can_agree
from risk_registry.selectors.agreeing import WAITING
from risk_registry.selectors.approvals import Term, term_of
from risk_registry.selectors.lists import period_choice
from school.access import Viewer, access_of
from school.models import SchoolClass, User
from school.shared import AgendaItem


def approval_agenda(user: User, day: date) -> list[AgendaItem]:
    """For class teachers: a line for each class of theirs in which entries wait, with the last reminder."""
    choice = period_choice(user, None)
    if choice.period is None or not can_agree(user):
        return []
    return list(_to_agree(user, term_of(choice.period, day, choice.holidays)))


def _to_agree(user: User, term: Term) -> Iterator[AgendaItem]:
    """A line for each class that the person leads; one query."""
    reminded = ApprovalReminder.objects.filter(period=term.period, school_class=OuterRef("pk")).order_by("-pk")
    waiting = RegistryEntry.objects.visible_to(user).in_period(term.period).filter(state__in=WAITING).order_by()
    numbers = waiting.filter(school_class=OuterRef("pk")).values("school_class").annotate(number=Count("pk"))
    led = SchoolClass.objects.filter(class_teacher=access_of(user).staff, year=term.period.year_id).annotate(
        number=Subquery(numbers.values("number")), reminded=Subquery(reminded.values("on")[:1])
    )
    url = f"{reverse('registry:agree')}?period={term.period.pk}"
    for each in led.filter(number__gt=0):
        words = counted(each.number, "запись", "записи", "записей")
        told = f"; напомнили {date_words(each.reminded)}" if each.reminded else ""
        yield AgendaItem(f"Согласовать реестр {each}", url, f"{words}, {term.period.title}{told}", term.due)


def late_classes(user: Viewer, term: Term) -> Iterator[AgendaItem]:
    """For the deputy: classes in which entries wait since before the term ended; one query."""
    late = Q(state__in=WAITING, changed_at__lt=term.end_of_due)
    rows = RegistryEntry.objects.visible_to(user).in_period(term.period).filter(late).order_by()
    if term.passed and (classes := SchoolClass.objects.filter(pk__in=rows.values("school_class"))):
        url = f"{reverse('registry:approvals')}?period={term.period.pk}"
        names = ", ".join(map(str, classes))
        yield AgendaItem("Напомнить классным руководителям", url, f"записи о согласовании нет: {names}", term.due)
