"""Links by e-mail. A letter is written when it leaves: its secret never waits in a table or in a queue."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from common.russian import date_words
from consultations.services.adding import row_add
from parents.models import LinkOpening, PersonalLink
from parents.outside import PARAM, public_address, secret_hash, secret_new
from parents.services.links import PURPOSE
from parents.services.notices import notice_step
from parents.words import LinkEvent, NoticeDeed
from parents.workflow import NOTICE

log = logging.getLogger(__name__)

MOST_TRIES = 6
_PAUSE = timedelta(minutes=1)
_AT_ONCE = 100
_SUBJECT = "Сообщение школы"
_BODY = """Здравствуйте!

Школа прислала вам сообщение. Прочитать его и ответить можно по ссылке, без регистрации:

{address}

Ссылка действует до {until}. Она только для вас: не пересылайте её.
Если письмо пришло по ошибке, удалите его.
"""


def letters_send() -> int:
    """Send the links that wait; how many letters left. Without a mail server or a public address nothing is tried."""
    if not settings.EMAIL_HOST or not settings.PUBLIC_URL:
        return 0
    return sum(_send_next() for _ in range(min(_AT_ONCE, _due().count())))


def _due() -> QuerySet[PersonalLink]:
    now = timezone.now()
    waiting = PersonalLink.objects.filter(letter_due_at__lte=now, letter_sent_at=None, letter_tries__lt=MOST_TRIES)
    return waiting.filter(withdrawn_at=None, answer="")


@transaction.atomic
def _send_next() -> int:
    """One, locked while it is being sent; its secret is made here and known to the letter alone."""
    rows = _due().select_for_update(skip_locked=True, of=("self",)).select_related("guardian", "notice", "by", "school")
    link = rows.first()
    if link is None:
        return 0
    secret = secret_new(PURPOSE)
    try:
        _letter(link, secret).send()
    except (SMTPException, OSError) as error:
        _put_off(link, error)
        return 0
    link.hash, link.letter_sent_at = secret_hash(secret), timezone.now()
    link.save(update_fields=["hash", "letter_sent_at"])
    row_add(LinkOpening, link=link.pk, what=LinkEvent.MAILED.value)
    if link.notice is not None and NoticeDeed.HAND in NOTICE.deeds(link.notice.state):
        notice_step(
            by=link.by, notice=link.notice, version=link.notice.version, what=NoticeDeed.HAND, comment="письмом"
        )
    return 1


def _letter(link: PersonalLink, secret: str) -> EmailMessage:
    assert link.guardian is not None
    address = public_address(f"{reverse('outside:link')}?{PARAM}={secret}")
    until = date_words(timezone.localtime(link.expires_at, link.school.now().tzinfo).date())
    return EmailMessage(_SUBJECT, _BODY.format(address=address, until=until), to=[link.guardian.email])


def _put_off(link: PersonalLink, error: Exception) -> None:
    """Each pause is twice the one before."""
    log.warning("letter of link %s not sent: %s", link.pk, type(error).__name__)
    link.letter_tries += 1
    link.letter_due_at = timezone.now() + _PAUSE * 2**link.letter_tries
    link.save(update_fields=["letter_tries", "letter_due_at"])
