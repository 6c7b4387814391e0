"""What the work with parents asks of a person: parts of the common statement."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.urls import reverse

from common.names import full_name
from common.russian import counted
from parents.agenda_escalation import family_asked
from parents.agenda_links import links_asked
from parents.agenda_surveys import surveys_asked
from parents.events_agenda import events_asked
from parents.models import Conversation, Notice
from parents.permissions import can_write_conversations
from parents.selectors.notices import SILENT, silent
from school.agendas import asked_register
from school.asking import Asked, Told, listed, maybe_day, summed
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def conversations_asked(user: User, day: date) -> Asked:
    """The person's own talks: agreements that wait, and contacts due that no talk has followed; own notices to which
    nobody has answered."""
    if not can_write_conversations(user):
        return Asked()
    until = day + _SOON
    later = Conversation.objects.filter(pupil=OuterRef("pupil"), withdrawn_at__isnull=True, pk__gt=OuterRef("pk"))
    promised = Q(kept_on__isnull=True, due__lte=until)
    to_call = Q(next_on__lte=until) & ~Exists(later)
    rows = Conversation.objects.visible_to(user).filter(promised | to_call, by=user, withdrawn_at__isnull=True)
    names = {"last": F("pupil__last_name"), "first": F("pupil__first_name")}
    told = {name: name for name in ("agreed", "due", "kept_on", "next_on", "followed")}
    found = rows.annotate(followed=Exists(later)).order_by("due", "pk")[:_MOST]
    silent_ones = Notice.objects.visible_to(user).filter(silent(day), by=user)
    columns = {
        "talks": listed(found, key="pk", **told, **names),
        "silent": summed(silent_ones, number=Count("pk"), first=Min("reply_by")),
    }
    return Asked(columns, lambda told: [*_talks(told, until), *_silent(told)])


def _talks(told: Told, until: date) -> Iterator[AgendaItem]:
    for row in told["talks"] or ():
        url, name = reverse("parents:talk", args=[row["key"]]), full_name(row["last"], row["first"], "")
        due, next_on = maybe_day(row["due"]), maybe_day(row["next_on"])
        if due is not None and row["kept_on"] is None and due <= until:
            yield AgendaItem("Вернуться к договорённости с родителями", url, f"{name}: {row['agreed']}", due)
        if next_on is not None and next_on <= until and not row["followed"]:
            yield AgendaItem("Связаться с родителями", url, name, next_on)


def _silent(told: Told) -> Iterator[AgendaItem]:
    """Notices of the person's own making, past the day by which an answer was asked."""
    found = told["silent"] or {}
    if number := found.get("number"):
        words = counted(number, "уведомление", "уведомления", "уведомлений")
        url = f"{reverse('notices:list')}?stage={SILENT}&mine=1"
        yield AgendaItem(f"Нет ответа родителей: {words}", url, "ответа ждали к сроку", maybe_day(found["first"]))


asked_register(conversations_asked, family_asked, links_asked, surveys_asked, events_asked)
