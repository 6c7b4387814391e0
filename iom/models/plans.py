"""What a route plans: gaps with their controls, steps with what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from iom.models.routes import Route, RoutePart
from iom.words import Every, Found, GapState, StepKind, StepState, Unit, WhyNot
from school.access import Viewer
from school.models import Pupil, School, Staff


class GapQuerySet(models.QuerySet["Gap"]):
    """Gaps; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "GapQuerySet":
        """Those of the routes that this person may see."""
        return self.filter(route__in=Route.objects.visible_to(user).order_by().values("pk"))


class Gap(models.Model):
    """What a pupil has not mastered (дефицит): where it was found, from what to what, by when, how it is checked.

    `baseline` and `target` are in `unit`. Closed only by a control that reached the target (`closed_by`).
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="gaps")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="gaps")
    part = models.ForeignKey(RoutePart, on_delete=models.PROTECT, related_name="gaps")
    topic = models.CharField("тема", max_length=200)
    found = models.CharField("как обнаружен", max_length=8, choices=Found.choices())
    found_on = models.DateField("когда обнаружен", null=True, blank=True)
    source = models.CharField("работа, задание", max_length=200, blank=True, default="")
    baseline = models.DecimalField("было", max_digits=6, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("цель", max_digits=6, decimal_places=2)
    unit = models.CharField("в чём", max_length=8, choices=Unit.choices(), default=Unit.MARK)
    due = models.DateField("срок")
    planned_work = models.CharField("что сделаем", max_length=500, blank=True, default="")
    control_form = models.CharField("форма повторного контроля", max_length=200, blank=True, default="")
    state = models.CharField("состояние", max_length=8, choices=GapState.choices(), default=GapState.OPEN)
    closed_by = models.OneToOneField(
        "iom.GapControl", on_delete=models.PROTECT, null=True, blank=True, related_name="closes"
    )
    dropped_why = models.CharField("почему снят", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField("версия", default=1)
    created_at = models.DateTimeField("записан")

    objects = GapQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = "дефицит"
        constraints = [
            models.CheckConstraint(name="gap_has_topic", condition=~Q(topic="")),
            models.CheckConstraint(name="gap_found_known", condition=Q(found__in=Found.codes())),
            models.CheckConstraint(name="gap_unit_known", condition=Q(unit__in=Unit.codes())),
            models.CheckConstraint(
                name="gap_closed_by_its_control", condition=Q(state=GapState.CLOSED) ^ Q(closed_by__isnull=True)
            ),
            models.CheckConstraint(
                name="gap_dropped_says_why", condition=Q(state=GapState.DROPPED) ^ Q(dropped_why="")
            ),
            models.CheckConstraint(name="gap_state_known", condition=Q(state__in=GapState.codes())),
        ]

    def __str__(self) -> str:
        return self.topic


class GapControl(models.Model):
    """A repeat control of a gap, its result in the gap's unit. What was written by mistake gets an end and stays."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="controls")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    on = models.DateField("когда")
    result = models.DecimalField("результат", max_digits=6, decimal_places=2)
    reached = models.BooleanField("цель достигнута")
    note = models.CharField("замечание", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "повторный контроль"

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}: {self.result}"


class PlanStep(models.Model):
    """A step of a route's plan: what, by whom, when or how often, what is expected; then what became of it.

    `helped` is asked only of what was done: not delivered is not the same as did not help.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="plan")
    part = models.ForeignKey(RoutePart, on_delete=models.PROTECT, related_name="plan")
    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, null=True, blank=True, related_name="plan")
    kind = models.CharField("вид работы", max_length=8, choices=StepKind.choices())
    text = models.CharField("что", max_length=300, blank=True, default="")
    who = models.ForeignKey(
        Staff, verbose_name="кто", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField("когда", null=True, blank=True)
    every = models.CharField("как часто", max_length=8, choices=Every.choices(), blank=True, default="")
    expected = models.CharField("что ожидаем", max_length=300, blank=True, default="")
    state = models.CharField("состояние", max_length=8, choices=StepState.choices(), default=StepState.PLANNED)
    done_on = models.DateField("выполнен", null=True, blank=True)
    helped = models.BooleanField("помогло", null=True, blank=True)
    why_not = models.CharField("почему не состоялся", max_length=8, choices=WhyNot.choices(), blank=True, default="")
    note = models.CharField("замечание", max_length=300, blank=True, default="")
    removed_at = models.DateTimeField("убран из плана", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = "шаг маршрута"
        constraints = [
            models.CheckConstraint(name="plan_kind_known", condition=Q(kind__in=StepKind.codes())),
            models.CheckConstraint(name="plan_day_or_often", condition=Q(on__isnull=False) | ~Q(every="")),
            models.CheckConstraint(
                name="plan_done_has_day", condition=Q(state=StepState.DONE) ^ Q(done_on__isnull=True)
            ),
            models.CheckConstraint(
                name="plan_not_done_says_why",
                condition=Q(state=StepState.NOT_DONE, why_not__in=WhyNot.codes())
                | (~Q(state=StepState.NOT_DONE) & Q(why_not="")),
            ),
            models.CheckConstraint(
                name="plan_helped_only_when_done", condition=Q(state=StepState.DONE) | Q(helped__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"
