"""A school's own registry that a person brought: its table, how it is to be read, what was written of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from risk_registry.categories import Word
from school.models import Period, School


class BroughtState(Word):
    """Where a brought registry stands."""

    OPEN = "open", "Ждёт решения"
    WRITTEN = "written", "Записан"
    UNDONE = "undone", "Отменён"
    DISCARDED = "dropped", "Отброшен"


class BroughtRegistry(models.Model):
    """One file. Its table is kept until it is discarded; names in it are the school's pupils'.

    `head` and `rows` hold texts; `first` is the number of the first row. `columns`: place → `brought.Column`. `words`:
    word of the file → category, or "" for «leave out». `subjects`: word of the file → key of a subject. `settled`:
    number of a row → pupil, 0 for «leave out». `written`: [{"entry", "version", "made"}], `made` of a new entry.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("файл", max_length=255)
    sheet = models.CharField("лист", max_length=255, blank=True, default="")
    head = models.JSONField("заголовки", default=list)
    rows = models.JSONField("строки", default=list)
    first = models.PositiveIntegerField("первая строка", default=2)
    columns = models.JSONField("что в столбцах", default=dict)
    words = models.JSONField("категории по словам файла", default=dict)
    subjects = models.JSONField("предметы по словам файла", default=dict)
    settled = models.JSONField("решённые строки", default=dict)
    written = models.JSONField("что записано", default=list)
    state = models.CharField("состояние", max_length=8, choices=BroughtState.choices(), default=BroughtState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("загружен")
    written_at = models.DateTimeField("записан", null=True, blank=True)
    undone_at = models.DateTimeField("отменён", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "загруженный реестр"
        constraints = [models.CheckConstraint(name="brought_state_known", condition=Q(state__in=BroughtState.codes()))]

    def __str__(self) -> str:
        return self.name
