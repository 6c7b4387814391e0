"""What both journals share: comments of others, and what an edit after the day has changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from iom.models.talks import PupilTalk
from iom.models.work import WorkEntry
from school.models import Pupil

_OF_ONE = Q(entry__isnull=True) ^ Q(talk__isnull=True)


class JournalEdit(models.Model):
    """What an edit after the day changed: `was` and `now` in words; `pupil` where it concerns one of several."""

    entry = models.ForeignKey(WorkEntry, on_delete=models.CASCADE, null=True, blank=True, related_name="edits")
    talk = models.ForeignKey(PupilTalk, on_delete=models.CASCADE, null=True, blank=True, related_name="edits")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField("что", max_length=60)
    was = models.CharField("было", max_length=600, blank=True, default="")
    now = models.CharField("стало", max_length=600, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        ordering = ["pk"]
        verbose_name = "правка записи журнала"
        constraints = [models.CheckConstraint(name="journal_edit_of_one", condition=_OF_ONE)]

    def __str__(self) -> str:
        return f"{self.field}: {self.was} → {self.now}"


class JournalComment(models.Model):
    """What somebody says about an entry of a journal; `read_at`: when its author said that they had read it."""

    entry = models.ForeignKey(WorkEntry, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    talk = models.ForeignKey(PupilTalk, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    text = models.CharField("замечание", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    read_at = models.DateTimeField("автор прочитал", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "замечание к записи журнала"
        constraints = [
            models.CheckConstraint(name="journal_comment_of_one", condition=_OF_ONE),
            models.CheckConstraint(name="journal_comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
