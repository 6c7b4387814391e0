"""The reasons that absences are counted by."""

from django.db import models


class AbsenceReason(models.TextChoices):
    """What a code of an e-journal means, after the import profile."""

    UNEXCUSED = "unexcused", "без уважительной причины"
    ILLNESS = "illness", "болезнь"
    EXCUSED = "excused", "уважительная причина"
