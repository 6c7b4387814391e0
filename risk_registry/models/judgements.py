"""What the marks say of pupils, and by which numbers."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from risk_registry.categories import Category
from risk_registry.models.about import AboutPupilsQuerySet
from school.models import Period, Pupil, School, SchoolClass


class Classification(models.Model):
    """When the categories of a period were last computed for the whole school, and by which thresholds."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="classifications")
    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="classification")
    computed_at = models.DateTimeField("пересчитано")
    provisional = models.BooleanField("предварительно", default=False)
    thresholds = models.JSONField("пороги", default=dict)

    derived = True  # computed from facts: nothing is kept for its sake (school.services.dependents)

    def __str__(self) -> str:
        return f"{self.period}: {self.computed_at:%d.%m.%Y %H:%M}"


class Judged(models.Model):
    """A category with its reasons. `evidence` has one object for each of `subjects`, in the same order:

    {"subject": 12, "unsatisfactory": ["2026-09-14"], "result": "2" or null, "not_attested": false,
    "forecast": 2 or null, "mean": "2.33" or null, "weighted": false}. `mean` and `forecast` are stated only where
    there is no result yet. Of the year's beginning `result` is last year's, and "sources" lists what speaks of the
    subject: {"kind": a `start_words.StartSource`, "category", "value": "2" or "", "on": day or null, "key": or null}.
    """

    category = models.CharField("категория", max_length=8, choices=Category.choices())
    provisional = models.BooleanField("предварительно", default=False)
    subjects = ArrayField(models.BigIntegerField(), verbose_name="предметы", default=list, blank=True)
    evidence = models.JSONField("основание", default=list, blank=True)

    class Meta:
        abstract = True


class PupilCategory(Judged):
    """What the marks say of one pupil of the contingent in one period of the school's main system."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="pupil_categories")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="categories")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    unrated = models.BooleanField("нет данных", default=False)
    computed_at = models.DateTimeField("пересчитано")

    objects = AboutPupilsQuerySet.as_manager()
    derived = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "pupil"], name="category_once"),
            models.CheckConstraint(name="category_known", condition=Q(category__in=Category.codes())),
            models.CheckConstraint(
                name="unrated_has_no_category", condition=Q(unrated=False) | Q(category=Category.NONE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_category_display()}"


class Calibration(models.Model):
    """The school's choice of where «weak» begins, by its order. The newest one holds."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="calibrations")
    weak_min_marks = models.PositiveSmallIntegerField(
        "двоек по предмету, не меньше", validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    weak_max_result = models.PositiveSmallIntegerField(
        "итог, не выше", validators=[MinValueValidator(3), MaxValueValidator(5)]
    )
    was = models.JSONField("прежние пороги", default=dict)
    order_number = models.CharField("номер приказа", max_length=50)
    order_date = models.DateField("дата приказа")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("когда выбрано", auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["school", "order_number", "order_date"], name="calibration_order_once"),
        ]

    def __str__(self) -> str:
        return f"Приказ № {self.order_number} от {self.order_date:%d.%m.%Y}"
