"""What the journals ask of a person: to come back to what was agreed in a talk, to read what others say."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from iom.models import JournalComment, PupilTalk
from iom.permissions_work import can_write_journals
from school.access import Viewer
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def journals_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """The person's own talks whose agreements wait, by their day, of the next two weeks and before; comments on
    the person's entries that they have not said to have read. Two queries.
    """
    if not isinstance(user, User) or not can_write_journals(user):
        return []
    return [*_agreements(user, day), *_comments(user)]


def _agreements(user: User, day: date) -> Iterator[AgendaItem]:
    rows = PupilTalk.objects.visible_to(user).filter(by=user, withdrawn_at__isnull=True, kept="", due__isnull=False)
    rows = rows.filter(due__lte=day + _SOON).select_related("pupil").order_by("due", "pk")
    for row in rows[:_MOST]:
        url = reverse("work:talk", args=[row.pk])
        yield AgendaItem("Вернуться к договорённости", url, f"{row.pupil.list_name}: {row.agreed}", row.due)


def _comments(user: User) -> Iterator[AgendaItem]:
    rows = JournalComment.objects.filter(Q(entry__by=user) | Q(talk__by=user), read_at__isnull=True).exclude(by=user)
    for row in rows.select_related("by__staff").order_by("-pk")[:_MOST]:
        url = reverse("work:entry" if row.entry_id else "work:talk", args=[row.entry_id or row.talk_id])
        yield AgendaItem("Прочитать замечание к вашей записи", f"{url}#comments", row.by.display_name)
