"""Words about guardians: how one reaches them, what they may be told."""

from django.db.models import TextChoices


class ContactWay(TextChoices):
    """How a guardian wants to be reached. The codes are those of conversations (`parents.words.Channel`)."""

    MEETING = "meeting", "лично"
    PHONE = "phone", "по телефону"
    MESSENGER = "chat", "в мессенджере"
    EMAIL = "email", "по электронной почте"
    DIARY = "diary", "в электронном дневнике"


class Telling(TextChoices):
    """What of the child a guardian may be told. Whatever is not «обо всём» has a ground."""

    ALL = "all", "обо всём"
    SCHOOL = "school", "только об учёбе"
    NONE = "none", "ничего"
