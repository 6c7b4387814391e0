"""Letters: written with the deed, sent afterwards."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from documents.models import MailState, OutboxMail
from school.models import School

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
SEND_AT_ONCE = 100


def mail_put(*, school: School | None, to: str, subject: str, body: str) -> OutboxMail:
    """Put a letter into the outbox, in the transaction of the deed that it tells of.

    Mail leaves the school: neither subject nor body may hold a pupil's name or data, only a link to the page.
    """
    return OutboxMail.objects.create(school=school, to=to, subject=subject, body=body)


def outbox_send() -> int:
    """Send what waits; returns how many letters left. Without a mail server in the settings nothing is tried."""
    if not settings.EMAIL_HOST:
        return 0
    return sum(_send_next() for _ in range(min(SEND_AT_ONCE, _due().count())))


def _due() -> QuerySet[OutboxMail]:
    return OutboxMail.objects.filter(state=MailState.QUEUED, next_try_at__lte=timezone.now())


@transaction.atomic
def _send_next() -> int:
    """One letter, locked while it is being sent: two schedulers never send the same."""
    mail = _due().select_for_update(skip_locked=True).first()
    if mail is None:
        return 0
    mail.attempts += 1
    try:
        EmailMessage(mail.subject, mail.body, to=[mail.to]).send()
    except (SMTPException, OSError) as error:
        _put_off(mail, error)
        return 0
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    mail.save()
    return 1


def _put_off(mail: OutboxMail, error: Exception) -> None:
    """Each pause is twice the one before; the sixth failure is the last."""
    log.warning("mail %s not sent: %s", mail.pk, type(error).__name__)
    mail.error = type(error).__name__
    mail.next_try_at = timezone.now() + FIRST_PAUSE * 2**mail.attempts
    if mail.attempts >= MAX_ATTEMPTS:
        mail.state = MailState.FAILED
    mail.save()
