"""What the program asks of whoever keeps it: the council's approval. Registered with the roadmap's, in `agenda`."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F
from django.urls import reverse

from roadmaps.models import Program
from roadmaps.permissions_program import can_edit_program
from roadmaps.words_program import ProgramState
from school.asking import Asked, Told, listed
from school.models import User
from school.shared import AgendaItem

_MOST = 3


def program_asked(user: User, day: date) -> Asked:
    """Programs that hold now and wait for the council: drafts, and those being corrected."""
    if not can_edit_program(user):
        return Asked()
    rows = Program.objects.visible_to(user).exclude(state=ProgramState.APPROVED)
    rows = rows.filter(starts_on__lte=day, ends_on__gte=day)[:_MOST]
    columns = {"waiting": listed(rows, id="pk", title=F("title"), number=F("number"))}
    return Asked(columns, lambda told: _waiting(told["waiting"] or ()))


def _waiting(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        words = "Правки программы ждут педсовета" if row["number"] else "Программа не утверждена педсоветом"
        yield AgendaItem(words, f"{reverse('passport:page')}?id={row['id']}", row["title"], None)
