"""What the registry's term asks of a person: class teachers agree, the deputy approves and reminds."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from common.russian import counted, date_words
from risk_registry.categories import EntryState
from risk_registry.links import registry_link
from risk_registry.models import ApprovalReminder, RegistryEntry
from risk_registry.permissions import can_agree, can_decide_registry
from risk_registry.selectors.agreeing import WAITING
from risk_registry.selectors.approvals import Term, term_of
from risk_registry.selectors.lists import period_choice
from school.access import access_of
from school.models import SchoolClass, User
from school.shared import AgendaItem


def approval_agenda(user: User, day: date) -> list[AgendaItem]:
    """Items with the term as their day; nothing for those who neither agree nor approve."""
    school = access_of(user).school
    if school is None or not (can_agree(user) or can_decide_registry(user)):
        return []
    choice = period_choice(user, None)
    if choice.period is None:
        return []
    term = term_of(choice.period, day, choice.holidays)
    items = list(_to_agree(user, term)) if can_agree(user) else []
    return [*items, *_to_approve(user, term)] if can_decide_registry(user) else items


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


def _to_approve(user: User, term: Term) -> Iterator[AgendaItem]:
    """What is agreed, and classes whose term is over; two queries."""
    rows = RegistryEntry.objects.visible_to(user).in_period(term.period).order_by()
    ready = rows.filter(state=EntryState.AGREED).count()
    if ready:
        words = counted(ready, "запись согласована", "записи согласованы", "записей согласовано")
        url = registry_link(period=term.period.pk, state=EntryState.AGREED)
        yield AgendaItem("Утвердить реестр", url, f"{words}, {term.period.title}", term.due)
    late = Q(state__in=WAITING, changed_at__lt=term.end_of_due)
    if term.passed and (classes := SchoolClass.objects.filter(pk__in=rows.filter(late).values("school_class"))):
        url = f"{reverse('registry:approvals')}?period={term.period.pk}"
        names = ", ".join(map(str, classes))
        yield AgendaItem("Напомнить классным руководителям", url, f"записи о согласовании нет: {names}", term.due)
