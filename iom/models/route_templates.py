"""What the school usually plans: steps for a subject, a cause, a kind of route."""

from django.db import models
from django.db.models import Q

from iom.words import Every, RouteKind, StepKind
from school.models import School, Subject


class RouteTemplate(models.Model):
    """Steps that a new route begins with. Without a subject for any, without a cause for any, without a kind for any.

    `cause` is a code of `risk_registry.causes`, never a restricted one: a plan would tell what its reader may not know.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    title = models.CharField("название", max_length=120)
    kind = models.CharField("вид маршрута", max_length=8, choices=RouteKind.choices(), blank=True, default="")
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cause = models.CharField("причина", max_length=5, blank=True, default="")
    archived_at = models.DateTimeField("больше не используется", null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = "шаблон маршрута"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "title"], condition=Q(archived_at__isnull=True), name="route_template_once"
            ),
            models.CheckConstraint(name="route_template_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="route_template_kind_known", condition=Q(kind="") | Q(kind__in=RouteKind.codes())
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RouteTemplateRow(models.Model):
    """One step of a template."""

    template = models.ForeignKey(RouteTemplate, on_delete=models.CASCADE, related_name="rows")
    kind = models.CharField("вид работы", max_length=8, choices=StepKind.choices())
    text = models.CharField("что", max_length=300, blank=True, default="")
    every = models.CharField("как часто", max_length=8, choices=Every.choices(), default=Every.WEEK)
    expected = models.CharField("что ожидаем", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = "шаг шаблона"
        constraints = [
            models.CheckConstraint(name="template_row_kind_known", condition=Q(kind__in=StepKind.codes())),
            models.CheckConstraint(name="template_row_every_known", condition=Q(every__in=Every.codes())),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
