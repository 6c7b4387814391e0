"""What the journals ask of a person: to come back to what was agreed in a talk, to read what others say."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse

from common.names import full_name
from iom.models import JournalComment, PupilTalk
from iom.permissions_work import can_write_journals
from school.asking import Asked, Told, listed, maybe_day, person_columns, person_told
from school.models import User
from school.shared import AgendaItem

_SOON = timedelta(days=14)
_MOST = 10


def journals_asked(user: User, day: date) -> Asked:
    """The person's own talks whose agreements wait, by their day, of the next two weeks and before; comments on
    the person's entries that they have not said to have read.
    """
    if not can_write_journals(user):
        return Asked()
    names = {"last": F("pupil__last_name"), "first": F("pupil__first_name")}
    rows = PupilTalk.objects.visible_to(user).filter(by=user, withdrawn_at__isnull=True, kept="", due__isnull=False)
    talks = rows.filter(due__lte=day + _SOON).order_by("due", "pk")[:_MOST]
    said = JournalComment.objects.filter(Q(entry__by=user) | Q(talk__by=user), read_at__isnull=True).exclude(by=user)
    columns = {
        "talks": listed(talks, key="pk", agreed="agreed", due="due", **names),
        "comments": listed(said.order_by("-pk")[:_MOST], entry="entry_id", talk="talk_id", **person_columns("by")),
    }
    return Asked(columns, lambda told: [*_agreements(told), *_comments(told)])


def _agreements(told: Told) -> Iterator[AgendaItem]:
    for row in told["talks"] or ():
        about = f"{full_name(row['last'], row['first'], '')}: {row['agreed']}"
        url = reverse("work:talk", args=[row["key"]])
        yield AgendaItem("Вернуться к договорённости", url, about, maybe_day(row["due"]))


def _comments(told: Told) -> Iterator[AgendaItem]:
    for row in told["comments"] or ():
        url = reverse("work:entry" if row["entry"] else "work:talk", args=[row["entry"] or row["talk"]])
        yield AgendaItem("Прочитать замечание к вашей записи", f"{url}#comments", person_told(row))
