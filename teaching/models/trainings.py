"""Trainings of teachers."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from documents.models import StoredFile
from school.models import Staff
from teaching.models.base import Confirmable
from teaching.words import RecordState, Topic, TrainingKind


class Training(Confirmable):
    """A training of one teacher; without `ends` it goes on, and counts for nothing yet."""

    staff = models.ForeignKey(Staff, verbose_name="педагог", on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField("вид", max_length=8, choices=TrainingKind.choices())
    title = models.CharField("тема", max_length=300)
    topics = ArrayField(models.CharField(max_length=8), verbose_name="о чём", default=list, blank=True)
    hours = models.PositiveSmallIntegerField("часов", null=True, blank=True)
    place = models.CharField("где", max_length=300, blank=True, default="")
    starts = models.DateField("начало")
    ends = models.DateField("окончание", null=True, blank=True)
    paper_number = models.CharField("документ, номер", max_length=100, blank=True, default="")
    paper = models.ForeignKey(
        StoredFile, verbose_name="документ", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = "обучение"
        constraints = [
            models.CheckConstraint(name="training_kind_known", condition=Q(kind__in=TrainingKind.codes())),
            models.CheckConstraint(name="training_state_known", condition=Q(state__in=RecordState.codes())),
            models.CheckConstraint(name="training_topics_known", condition=Q(topics__contained_by=Topic.codes())),
            models.CheckConstraint(
                name="training_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.CheckConstraint(
                name="training_returned_says_why", condition=~Q(state=RecordState.RETURNED) | ~Q(word="")
            ),
        ]
        indexes = [models.Index(fields=["school", "state"], name="training_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def topic_words(self) -> str:
        """«Формирующее оценивание, Цифровые ресурсы»."""
        return ", ".join(Topic(code).label for code in Topic.codes() if code in self.topics)
