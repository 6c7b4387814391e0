"""What the work with parents asks of a person."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.urls import reverse

from common.russian import counted
from parents.agenda_escalation import family_items, late_steps
from parents.agenda_links import links_agenda
from parents.agenda_surveys import surveys_agenda
from parents.events_agenda import events_agenda
from parents.models import Conversation, Notice
from parents.permissions import can_write_conversations
from parents.selectors.notices import SILENT, silent
from school.access import Viewer
from school.agendas import agenda_register
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def parents_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """The person's own talks: agreements that wait, and contacts due that no talk has followed; notices to which
    nobody has answered; own decisions about families past their term. Two queries."""
    if not isinstance(user, User) or not can_write_conversations(user):
        return []
    return [*_own_talks(user, day), *_silent_and_late(user, day)]


def _own_talks(user: User, day: date) -> Iterator[AgendaItem]:
    until = day + _SOON
    later = Conversation.objects.filter(pupil=OuterRef("pupil"), withdrawn_at__isnull=True, pk__gt=OuterRef("pk"))
    promised = Q(kept_on__isnull=True, due__lte=until)
    to_call = Q(next_on__lte=until) & ~Exists(later)
    rows = Conversation.objects.visible_to(user).filter(promised | to_call, by=user, withdrawn_at__isnull=True)
    found = rows.annotate(followed=Exists(later)).select_related("pupil").order_by("due", "pk")
    for row in found[:_MOST]:
        url, name = reverse("parents:talk", args=[row.pk]), row.pupil.list_name
        if row.due is not None and row.kept_on is None and row.due <= until:
            yield AgendaItem("Вернуться к договорённости с родителями", url, f"{name}: {row.agreed}", row.due)
        if row.next_on is not None and row.next_on <= until and not row.followed:
            yield AgendaItem("Связаться с родителями", url, name, row.next_on)


def _silent_and_late(user: User, day: date) -> Iterator[AgendaItem]:
    """Notices of the person's own making, past the day by which an answer was asked; own steps past their term.

    One query for both.
    """
    silent_ones = Notice.objects.visible_to(user).filter(silent(day), by=user).order_by().values("by")
    told = User.objects.filter(pk=user.pk).values(
        n=Subquery(silent_ones.annotate(n=Count("pk")).values("n")),
        first=Subquery(silent_ones.annotate(first=Min("reply_by")).values("first")),
        steps=late_steps(user, day),
    )
    found = told.get()
    if found["n"]:
        number = counted(found["n"], "уведомление", "уведомления", "уведомлений")
        url = f"{reverse('notices:list')}?stage={SILENT}&mine=1"
        yield AgendaItem(f"Нет ответа родителей: {number}", url, "ответа ждали к сроку", found["first"])
    yield from family_items(found["steps"] or ())


agenda_register(parents_agenda)
agenda_register(links_agenda)
agenda_register(surveys_agenda)
agenda_register(events_agenda)
