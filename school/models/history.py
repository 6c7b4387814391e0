"""Events of history. Written by triggers of the database only; see `common.history` for how a table gets them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from school.models.organisation import School
from school.models.people import Pupil


class HistoryEvent(models.Model):
    """One row of one table was made, changed or removed.

    `before` and `after` hold columns: of a change those that differ (and in `before` also those that tell which
    row it is), of a new row `after` all, of a removed one `before` all. `concealed` names confidential columns
    that changed.
    No foreign key is enforced: an event outlives what it tells of.
    """

    class Operation(models.TextChoices):
        """What happened to the row."""

        INSERT = "I", "добавлено"
        UPDATE = "U", "изменено"
        DELETE = "D", "удалено"

    at = models.DateTimeField("когда")
    operation = models.CharField("что", max_length=1, choices=Operation.choices)
    table = models.CharField("таблица", max_length=63)
    row_id = models.CharField("строка", max_length=40)
    pupil = models.ForeignKey(
        Pupil, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    school = models.ForeignKey(
        School, on_delete=models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто",
        on_delete=models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    source = models.CharField("откуда", max_length=100)
    before = models.JSONField("было", null=True)
    after = models.JSONField("стало", null=True)
    concealed = ArrayField(models.CharField(max_length=63), verbose_name="изменились закрытые", null=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        # Each event stands in one index: the pupil's, or that of its row.
        indexes = [
            models.Index(fields=["pupil", "id"], name="history_of_pupil", condition=Q(pupil__isnull=False)),
            models.Index(fields=["table", "row_id"], name="history_of_row", condition=Q(pupil__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}: {self.get_operation_display()}"
