"""Roadmaps that a school brings as tables."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from risk_registry.models import BroughtState
from roadmaps.models.roadmap import Roadmap
from school.models import School


class RoadmapTable(models.Model):
    """A table that a person brought: what it holds, how it is to be read, what was written of it.

    `head` and `rows` hold texts, `first` is the number of the first row as a person counts it. `columns`: place →
    `rules.table.Column`. `written`: keys of the activities that were made.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="tables")
    name = models.CharField("файл", max_length=255)
    sheet = models.CharField("лист", max_length=255, blank=True, default="")
    head = models.JSONField("заголовки", default=list)
    rows = models.JSONField("строки", default=list)
    first = models.PositiveIntegerField("первая строка", default=2)
    columns = models.JSONField("что в столбцах", default=dict)
    written = models.JSONField("что записано", default=list)
    state = models.CharField("состояние", max_length=10, choices=BroughtState.choices(), default=BroughtState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("загружен")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "загруженная дорожная карта"
        constraints = [
            models.CheckConstraint(name="roadmap_table_state_known", condition=Q(state__in=BroughtState.codes())),
        ]

    def __str__(self) -> str:
        return self.name
