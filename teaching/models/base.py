"""What all records of this app share: who wrote it down, taking back with a reason, confirmation."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from school.access import Viewer
from school.models import School
from teaching.permissions import teaching_scope
from teaching.words import RecordState

_TONES = {
    RecordState.ENTERED: "proposed",
    RecordState.CONFIRMED: "approved",
    RecordState.RETURNED: "returned",
}


class RecordQuerySet(models.QuerySet[Any]):
    """Every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "RecordQuerySet":
        """Standing records of the own school: all for who leads the methodical work, else as the model says."""
        scope = teaching_scope(user)
        if scope.school is None:
            return self.none()
        rows = self.filter(school=scope.school, removed_at__isnull=True)
        if scope.everything:
            return rows
        model: Any = self.model
        seen: Q = model.seen_by(scope.staff)
        return rows.filter(seen)


class Record(models.Model):
    """A short fact that somebody wrote down; taken back with a reason, never deleted."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    version = models.PositiveIntegerField("версия", default=1)
    removed_at = models.DateTimeField("отозвано", null=True, blank=True)
    removed_why = models.CharField("почему отозвано", max_length=300, blank=True, default="")
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто отозвал",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = RecordQuerySet.as_manager()
    # The columns that name the persons whose record it is.
    owners: ClassVar[tuple[str, ...]] = ("staff_id",)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """Which rows a person sees who does not lead the methodical work."""
        return Q(pk__in=[]) if staff is None else Q(staff=staff)

    def belongs_to(self, staff: int | None) -> bool:
        """Whether it is this person's own."""
        return staff is not None and staff in [getattr(self, name) for name in self.owners]


class Confirmable(Record):
    """A record which a teacher enters and whoever leads the methodical work confirms."""

    state = models.CharField("состояние", max_length=10, choices=RecordState.choices(), default=RecordState.ENTERED)
    word = models.CharField("замечание", max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто решил", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def tone(self) -> str:
        """How pages paint the state."""
        return _TONES[RecordState(self.state)]

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts."""
        return self.state == RecordState.CONFIRMED
