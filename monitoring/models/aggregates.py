"""What a school comes to in a period: sums for its municipality, without pupils."""

from django.db import models

from school.access import Viewer
from school.models import Period, School, User


class SchoolAggregateQuerySet(models.QuerySet["SchoolAggregate"]):
    """Reads that a person asked for begin with `visible_to`."""

    def visible_to(self, user: Viewer) -> "SchoolAggregateQuerySet":
        """Of all schools of the person's municipality; of none for whoever belongs to none."""
        if not isinstance(user, User) or not user.is_active or user.municipality_id is None:
            return self.none()
        return self.filter(school__municipality=user.municipality_id)


class SchoolAggregate(models.Model):
    """One school in one period of its main system, so that a municipality reads a row a school, however large.

    `figures`: {code: [numerator, denominator or null]} of `rules.municipal.CODES`, null for what nobody has answered.
    The period's own columns stand here too: periods of different systems are laid side by side without reading them.
    `day`: of which the figures are; `at`: when they were counted. `frozen`: they are those of the measured period.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="aggregates")
    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="aggregate")
    start = models.PositiveSmallIntegerField("год начала")
    system = models.CharField("вид", max_length=16)
    number = models.PositiveSmallIntegerField("номер")
    starts = models.DateField("первый день")
    ends = models.DateField("последний день")
    day = models.DateField("на какой день")
    at = models.DateTimeField("посчитано")
    basis = models.CharField("по чему считали группу риска", max_length=16)
    provisional = models.BooleanField("предварительно")
    frozen = models.BooleanField("зафиксировано")
    figures = models.JSONField("показатели")

    objects = SchoolAggregateQuerySet.as_manager()

    derived = True  # computed: nothing is kept for its sake (school.services.dependents)

    class Meta:
        ordering = ["school", "starts"]
        verbose_name = "итоги школы за период"
        indexes = [models.Index(fields=["school", "start"], name="aggregate_of_year")]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.start}, {self.number}"
