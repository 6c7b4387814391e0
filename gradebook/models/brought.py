"""A school's own timetable of works that a person brought: its table, how it is to be read, what was written of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from school.models import AcademicYear, School


class BroughtTimetable(models.Model):
    """One file; its table is kept until it is discarded. It names nobody.

    `head` and `rows` hold texts; `first` is the number of the first row. `columns`: place → `WorkColumn`. `words`: word
    of the file → kind of a work. `subjects`: word of the file → key of a subject, 0 for «leave out». `written`: keys of
    the works that it put into the timetable.
    """

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", "Ждёт решения"
        WRITTEN = "written", "Записан"
        UNDONE = "undone", "Отменён"
        DISCARDED = "dropped", "Отброшен"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("файл", max_length=255)
    sheet = models.CharField("лист", max_length=255, blank=True, default="")
    head = models.JSONField("заголовки", default=list)
    rows = models.JSONField("строки", default=list)
    first = models.PositiveIntegerField("первая строка", default=2)
    columns = models.JSONField("что в столбцах", default=dict)
    words = models.JSONField("виды работ по словам файла", default=dict)
    subjects = models.JSONField("предметы по словам файла", default=dict)
    written = models.JSONField("что записано", default=list)
    state = models.CharField("состояние", max_length=8, choices=State.choices, default=State.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("загружен")
    written_at = models.DateTimeField("записан", null=True, blank=True)
    undone_at = models.DateTimeField("отменён", null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "загруженный график работ"
        constraints = [
            models.CheckConstraint(
                name="brought_timetable_state_known", condition=Q(state__in=["open", "written", "undone", "dropped"])
            )
        ]

    def __str__(self) -> str:
        return self.name
