"""Individual routes (ИОМ): whose, where they stand, who agreed, which version is in force, how reviews went."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from common.models import Step
from iom.permissions_routes import RouteScope, route_scope
from iom.words import OVER, Change, Decision, Every, PaperKind, RouteKind, RouteState, Side, Way
from risk_registry.models import RegistryEntry
from school.access import Viewer, pupils_for
from school.models import AcademicYear, Enrolment, Guardian, Period, Pupil, School, SchoolClass, Staff, Subject


def _concerned(scope: RouteScope) -> Q:
    """Routes for special needs that are this person's: all, or as tutor, as a part's teacher, of the own class."""
    if scope.needs:
        return Q()
    if scope.staff is None:
        return Q(pk__in=[])
    part = RoutePart.objects.filter(route=OuterRef("pk"), teacher=scope.staff)
    concerned = Q(tutor=scope.staff) | Q(Exists(part))
    if scope.led and scope.today is not None:
        led = Enrolment.objects.on(scope.today).filter(pupil=OuterRef("pupil"), school_class__class_teacher=scope.staff)
        concerned |= Q(Exists(led))
    return concerned


def _of_colleagues(scope: RouteScope) -> Q:
    """Teachers' routes: all for who leads them, else the own and those that one is the tutor of."""
    kind = Q(kind=RouteKind.TEACHER)
    if scope.colleagues:
        return kind
    return kind & (Q(staff=scope.staff) | Q(tutor=scope.staff)) if scope.staff is not None else Q(pk__in=[])


class RouteQuerySet(models.QuerySet["Route"]):
    """Routes; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "RouteQuerySet":
        """Routes of visible pupils; those of special needs and of colleagues as `iom.permissions_routes` says."""
        scope = route_scope(user)
        if scope.school is None:
            return self.none()
        from_pupils = Q(pupil__in=pupils_for(user).order_by().values("pk"))
        needs = from_pupils & Q(kind=RouteKind.NEEDS) & _concerned(scope)
        return self.filter(
            (from_pupils & ~Q(kind=RouteKind.NEEDS)) | needs | _of_colleagues(scope), school=scope.school
        )

    def with_refusal(self) -> "RouteQuerySet":
        """Each with `parents_refused`: what they said last, and still say, is no."""
        said = RouteAgreement.objects.filter(route=OuterRef("pk"), side=Side.PARENTS, ended_at__isnull=True)
        return self.annotate(parents_refused=Exists(said.filter(agreed=False)))

    def going(self) -> "RouteQuerySet":
        """Those that are neither finished nor withdrawn."""
        return self.exclude(state__in=OVER)


class Route(models.Model):
    """One individual route: of a pupil, or of a teacher who closes professional gaps.

    `number` is that of the version in force, 0 before the first approval; while an approved route is being changed its
    state is a draft again and the version stays in force. `version` grows with each change of the row: who acts on an
    older one is told. `tutor` leads it. Nothing is ever deleted.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=RouteKind.choices())
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="routes")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="own_routes")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(RegistryEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="routes")
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("состояние", max_length=8, choices=RouteState.choices(), default=RouteState.DRAFT)
    begins = models.DateField("с")
    ends = models.DateField("по")
    tutor = models.ForeignKey(
        Staff, verbose_name="тьютор или куратор", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    every = models.CharField("как часто смотрим", max_length=8, choices=Every.choices(), default=Every.FORTNIGHT)
    next_review = models.DateField("следующий пересмотр", null=True, blank=True)
    number = models.PositiveSmallIntegerField("действующая версия", default=0)
    changing_why = models.CharField("почему меняется", max_length=500, blank=True, default="")
    finished_on = models.DateField("завершён", null=True, blank=True)
    version = models.PositiveIntegerField("версия записи", default=1)
    created_at = models.DateTimeField("создан")
    changed_at = models.DateTimeField("изменён")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = "индивидуальный маршрут"
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "kind"], condition=~Q(state__in=OVER) & Q(pupil__isnull=False), name="route_goes_once"
            ),
            models.CheckConstraint(name="route_kind_known", condition=Q(kind__in=RouteKind.codes())),
            models.CheckConstraint(name="route_state_known", condition=Q(state__in=RouteState.codes())),
            models.CheckConstraint(name="route_every_known", condition=Q(every__in=Every.codes())),
            models.CheckConstraint(
                name="route_of_pupil_or_teacher",
                condition=Q(kind=RouteKind.TEACHER, staff__isnull=False, pupil__isnull=True)
                | (~Q(kind=RouteKind.TEACHER) & Q(staff__isnull=True, pupil__isnull=False)),
            ),
            models.CheckConstraint(name="route_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(
                name="route_in_force_is_approved", condition=~Q(state=RouteState.ACTIVE) | Q(number__gt=0)
            ),
            models.CheckConstraint(
                name="route_finished_has_day",
                condition=Q(state=RouteState.FINISHED) ^ Q(finished_on__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["school", "state", "next_review"], name="route_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil or self.staff}: {self.get_kind_display()}"


class RouteStep(Step):
    """A step of a route's way: who, when, why."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField("что сделано", max_length=8)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["route", "version"], name="route_step_once")]


class RoutePart(models.Model):
    """The part that one teacher answers for; without a subject, that of the tutor and the specialists."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="parts")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    teacher = models.ForeignKey(
        Staff, verbose_name="ответственный", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "часть маршрута"
        constraints = [
            models.UniqueConstraint(fields=["route", "subject"], nulls_distinct=False, name="route_part_once")
        ]

    def __str__(self) -> str:
        return str(self.subject or "общая часть")


class RouteVersion(models.Model):
    """An approved version: what it said, why it came, which paper approved it. Written once.

    `content` is the printed face of the route (`iom.reports.route.RoutePaper` as JSON): an old version prints from it.
    """

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="versions")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField("номер")
    content = models.JSONField("содержание")
    why = models.CharField("почему изменён", max_length=500, blank=True, default="")
    paper = models.CharField("чем утверждён", max_length=8, choices=PaperKind.choices())
    paper_number = models.CharField("номер", max_length=50)
    paper_date = models.DateField("дата")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["number"]
        verbose_name = "версия маршрута"
        constraints = [
            models.UniqueConstraint(fields=["route", "number"], name="route_version_once"),
            models.CheckConstraint(name="route_version_paper_known", condition=Q(paper__in=PaperKind.codes())),
            models.CheckConstraint(
                name="route_version_says_why", condition=Q(number=1) | (Q(number__gt=1) & ~Q(why=""))
            ),
        ]

    def __str__(self) -> str:
        return f"версия {self.number}"


class RouteAgreement(models.Model):
    """Somebody agreed to what the route says now, or refused. A later change of the plan ends it (`ended_at`)."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="agreements")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    side = models.CharField("кто", max_length=8, choices=Side.choices())
    part = models.ForeignKey(RoutePart, on_delete=models.CASCADE, null=True, blank=True, related_name="agreements")
    guardian = models.ForeignKey(Guardian, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agreed = models.BooleanField("согласие", default=True)
    way = models.CharField("как", max_length=8, choices=Way.choices(), blank=True, default="")
    on = models.DateField("когда")
    comment = models.CharField("замечание", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    ended_at = models.DateTimeField("больше не действует", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "согласование маршрута"
        constraints = [
            models.UniqueConstraint(
                fields=["route", "side", "part"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="route_agreement_stands_once",
            ),
            models.CheckConstraint(name="route_side_known", condition=Q(side__in=Side.codes())),
            models.CheckConstraint(
                name="route_parents_say_how",
                condition=Q(side=Side.PARENTS, way__in=Way.codes()) | (~Q(side=Side.PARENTS) & Q(way="")),
            ),
            models.CheckConstraint(
                name="route_teacher_agrees_to_part", condition=Q(side=Side.TEACHER) ^ Q(part__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {'согласие' if self.agreed else 'отказ'}"


class RouteReview(models.Model):
    """A look back at a route after a period: a decision, and an outcome for each gap."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="reviews")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="+")
    on = models.DateField("когда")
    decision = models.CharField("решение", max_length=8, choices=Decision.choices())
    text = models.CharField("вывод", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "пересмотр маршрута"
        constraints = [
            models.UniqueConstraint(fields=["route", "period"], name="route_review_once"),
            models.CheckConstraint(name="route_decision_known", condition=Q(decision__in=Decision.codes())),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.get_decision_display()}"


class GapReview(models.Model):
    """How one gap moved by a review."""

    review = models.ForeignKey(RouteReview, on_delete=models.CASCADE, related_name="gaps")
    gap = models.ForeignKey("iom.Gap", on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField("итог", max_length=1, choices=Change.choices())
    evidence = models.CharField("чем подтверждается", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = "итог по дефициту"
        constraints = [
            models.UniqueConstraint(fields=["review", "gap"], name="gap_review_once"),
            models.CheckConstraint(name="gap_outcome_known", condition=Q(outcome__in=Change.codes())),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
