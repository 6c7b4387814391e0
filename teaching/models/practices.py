"""The bank of practices: what worked, with files, tags and who applied it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from documents.models import StoredFile
from school.models import Staff, Subject
from teaching.models.base import Confirmable, Record
from teaching.words import RecordState, Topic


class Practice(Confirmable):
    """A practice of one or two teachers; in the bank once it is confirmed."""

    owners = ("staff_id", "coauthor_id")

    staff = models.ForeignKey(Staff, verbose_name="автор", on_delete=models.PROTECT, related_name="practices")
    coauthor = models.ForeignKey(
        Staff, verbose_name="соавтор", on_delete=models.PROTECT, null=True, blank=True, related_name="practices_with"
    )
    title = models.CharField("название", max_length=200)
    about = models.TextField("в чём суть", max_length=4000)
    topics = ArrayField(models.CharField(max_length=8), verbose_name="с кем и о чём", default=list, blank=True)
    tags = ArrayField(models.CharField(max_length=40), verbose_name="метки", default=list, blank=True)
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.URLField("ссылка", max_length=500, blank=True, default="")

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = "практика"
        constraints = [
            models.CheckConstraint(name="practice_state_known", condition=Q(state__in=RecordState.codes())),
            models.CheckConstraint(name="practice_topics_known", condition=Q(topics__contained_by=Topic.codes())),
            models.CheckConstraint(
                name="practice_returned_says_why", condition=~Q(state=RecordState.RETURNED) | ~Q(word="")
            ),
            models.CheckConstraint(
                name="practice_of_two", condition=Q(coauthor__isnull=True) | ~Q(coauthor=models.F("staff"))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """The bank is for everybody; what is not in it yet, for its authors."""
        known = Q(state=RecordState.CONFIRMED)
        return known if staff is None else known | Q(staff=staff) | Q(coauthor=staff)

    @property
    def topic_words(self) -> str:
        """«Мотивация к учению, Другое»."""
        return ", ".join(Topic(code).label for code in Topic.codes() if code in self.topics)

    @property
    def author_names(self) -> str:
        """«Гречко П. С., Пак А. В.»"""
        both = [self.staff, self.coauthor] if self.coauthor is not None else [self.staff]
        return ", ".join(one.short_name for one in both)


class PracticeFile(Record):
    """A paper of a practice."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="files")
    title = models.CharField("что это", max_length=100)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = "файл практики"

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """As its practice."""
        return Q(practice__in=Practice.objects.filter(Practice.seen_by(staff)).order_by().values("pk"))


class PracticeUse(Record):
    """A colleague applied a practice: one tap, once."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="uses")
    staff = models.ForeignKey(Staff, verbose_name="педагог", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("когда")

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "применение практики"
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "staff"], condition=Q(removed_at__isnull=True), name="practice_applied_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice}: {self.staff}"
