"""The oral interview of grade 9 and the essay of grade 11, without which nobody is admitted to the final exams."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from risk_registry.debts import TrialKind
from risk_registry.models.about import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School


class FinalTrial(models.Model):
    """One sitting of a pupil: «зачёт» or «незачёт» on a day. Whoever failed sits again on another day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="final_trials")
    kind = models.CharField("что сдавал", max_length=5, choices=TrialKind.choices())
    on = models.DateField("день")
    passed = models.BooleanField("зачёт")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "итоговое собеседование или сочинение"
        constraints = [
            models.UniqueConstraint(fields=["pupil", "kind", "on"], name="trial_once_a_day"),
            models.CheckConstraint(name="trial_kind_known", condition=Q(kind__in=TrialKind.codes())),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d.%m.%Y}: {'зачёт' if self.passed else 'незачёт'}"
