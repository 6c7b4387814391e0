"""The agenda away from the pages: the calendar's secret address, the letter of the morning."""

import secrets
from datetime import datetime, time, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from common.errors import Refused
from common.russian import counted, date_words
from desk.models import Reminders
from documents.services.mail import mail_put
from school.access import access_of
from school.agendas import agenda_of
from school.models import User
from school.shared import AgendaItem

FIRST_HOUR = time(7)
AHEAD = timedelta(days=7)
_SUNDAY = 6
_KEY_BYTES = 32


def digest_set(*, by: User, wanted: bool, email: str) -> None:
    """Order the morning's letter, or leave it. Raises `Refused` without an address."""
    if wanted and not email:
        raise Refused("Напишите адрес, на который присылать письмо.")
    Reminders.objects.update_or_create(user=by, defaults={"digest": wanted, "email": email})


def calendar_issue(*, by: User) -> str:
    """A new secret of the person's calendar, told this once; a former one is void from now on."""
    key = secrets.token_urlsafe(_KEY_BYTES)
    told = {"calendar_hash": _hash(key), "calendar_made_at": timezone.now()}
    Reminders.objects.update_or_create(user=by, defaults=told)
    return key


def calendar_end(*, by: User) -> None:
    """The calendar's address answers nobody any more."""
    Reminders.objects.filter(user=by).update(calendar_hash=None, calendar_made_at=None)


def calendar_owner(key: str) -> User | None:
    """Whose calendar the secret opens; nobody's when it is unknown, the login is off, or waits for a new password."""
    found = Reminders.objects.filter(calendar_hash=_hash(key), user__is_active=True, user__must_change_password=False)
    row = found.select_related("user__school", "user__staff").first() if key else None
    return row.user if row is not None else None


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def digests_send() -> int:
    """Letters of this morning, each person's once a day by the clock of the school; returns how many were written."""
    waiting = Reminders.objects.filter(digest=True, user__is_active=True, user__school__isnull=False)
    return sum(digest_send(user_id=key, moment=None) for key in waiting.values_list("pk", flat=True))


@transaction.atomic
def digest_send(*, user_id: int, moment: datetime | None) -> bool:
    """One person's letter, unless it was written today, it is not yet morning or Sunday, or nothing is ahead.

    `moment`: now, on the school's clock. The row is locked: two schedulers write one letter.
    """
    row = (
        Reminders.objects.select_for_update(of=("self",)).select_related("user__school", "user__staff").get(pk=user_id)
    )
    user = row.user
    assert user.school is not None
    now = moment or user.school.now()
    if not row.digest or row.digest_on == now.date() or now.time() < FIRST_HOUR or now.weekday() == _SUNDAY:
        return False
    items = _near(user)
    Reminders.objects.filter(pk=row.pk).update(digest_on=now.date())
    if not items:
        return False
    subject, body = digest_words(items)
    mail_put(school=user.school, to=row.email, subject=subject, body=body)
    return True


def _near(user: User) -> list[AgendaItem]:
    """What is late, due within a week, or has no day."""
    today = access_of(user).today
    if today is None:
        return []
    return [item for item in agenda_of(user, today) if item.due is None or item.due <= today + AHEAD]


def digest_words(items: list[AgendaItem]) -> tuple[str, str]:
    """Subject and text: titles, days and addresses; no names, which stand behind the login."""
    number = counted(len(items), "дело", "дела", "дел")
    lines = ["Что предстоит:", ""]
    for item in items:
        lines.append(f"— {item.title}" + (f", до {date_words(item.due)}" if item.due else ""))
        lines += [f"  {settings.PUBLIC_URL}{item.url}"] if settings.PUBLIC_URL else []
    page = f"{settings.PUBLIC_URL}{reverse('desk:agenda')}" if settings.PUBLIC_URL else "страница «Что предстоит»"
    off = f"{settings.PUBLIC_URL}{reverse('desk:reminders')}" if settings.PUBLIC_URL else "страница «Напоминания»"
    lines += ["", f"Подробности в Опоре: {page}", f"Отказаться от писем: {off}"]
    return f"Опора: {number}", "\n".join(lines)
