"""Who read what is restricted. Written by `school.services.reading` only; see there."""

from django.conf import settings
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Now

from school.models.organisation import School
from school.models.people import Pupil
from school.restricted import restricted_words

_THIS_MINUTE = Func(Value("minute"), Now(), function="DATE_TRUNC", output_field=models.DateTimeField())


class RestrictedRead(models.Model):
    """One person was shown one kind of restricted facts about one pupil.

    `what` is a code of `school.restricted`. `at` is the database's own minute: the application cannot name another,
    and what is opened again within it is the same reading. No foreign key is enforced: a reading outlives what it
    tells of.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    pupil = models.ForeignKey(Pupil, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    school = models.ForeignKey(
        School, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    what = models.CharField("что", max_length=40)
    at = models.DateTimeField("когда", db_default=_THIS_MINUTE)

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["pupil", "at", "user", "what"], name="restricted_read_once")]
        indexes = [models.Index(fields=["school", "-at"], name="restricted_read_of_school")]

    def __str__(self) -> str:
        return f"{self.what} {self.pupil_id}: {self.user_id}"

    @property
    def words(self) -> str:
        """«социальный паспорт»."""
        return restricted_words(self.what)
