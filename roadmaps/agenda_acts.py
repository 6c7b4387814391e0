"""Which local acts wait for whoever keeps their register. Registered with the roadmap's, in `agenda`."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from roadmaps.act_words import ActKind, ActState
from roadmaps.models import LocalAct
from roadmaps.permissions_acts import can_keep_acts
from school.asking import Asked, Told, listed
from school.models import User
from school.shared import AgendaItem

_MOST = 5


def acts_asked(user: User, day: date) -> Asked:
    """Acts adopted and not approved, drafts of orders (which nobody adopts), approved ones not in force yet."""
    if not can_keep_acts(user):
        return Asked()
    order = Q(state=ActState.DRAFT, kind=ActKind.ORDER)
    rows = LocalAct.objects.visible_to(user).filter(order | Q(state__in=[ActState.ADOPTED, ActState.APPROVED]))
    columns = {"acts": listed(rows.order_by("pk")[:_MOST], key="pk", title=F("title"), state=F("state"))}
    return Asked(columns, lambda told: _waiting(told["acts"] or ()))


def _waiting(rows: Iterable[Told]) -> Iterator[AgendaItem]:
    for row in rows:
        words = "Ввести в действие локальный акт" if row["state"] == ActState.APPROVED else "Утвердить локальный акт"
        yield AgendaItem(words, reverse("acts:act", args=[row["key"]]), row["title"], signs=True)
