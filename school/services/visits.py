"""Remembering when somebody was here, so that the next visit begins with what has changed."""

from datetime import datetime

from django.utils import timezone

from school.models import User, Visit


def visit_note(*, by: User, at: datetime | None = None) -> datetime | None:
    """Keep the moment (by default now, on the school's clock); answers when the person was here before."""
    moment = at or (timezone.now() if by.school is None else by.school.now())
    visit, is_first = Visit.objects.get_or_create(user=by, defaults={"seen_at": moment})
    if is_first:
        return None
    before = visit.seen_at
    Visit.objects.filter(pk=visit.pk).update(seen_at=moment)
    return before
