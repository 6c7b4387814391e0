"""What excuses days of absence, and which reason a missed lesson is therefore counted with."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from documents.models import StoredFile
from gradebook.grounds import CHOICES, ILLNESS, TERMS, GroundKind
from gradebook.models.reasons import AbsenceReason
from gradebook.permissions import pupils_of_grounds
from school.access import Viewer
from school.models import AcademicYear, Pupil, School
from school.models.calendar import DateSpan

# The same as `AbsenceQuerySet.counted` in SQL, for a row of absences named `missed`.
COUNTED_REASON = """CASE WHEN missed.by_hand THEN missed.reason ELSE coalesce(
    (SELECT ground.reason FROM gradebook_absenceground AS ground
     WHERE ground.pupil_id = missed.pupil_id AND ground.withdrawn_at IS NULL
       AND missed.date BETWEEN ground.starts AND ground.covers_to), missed.reason) END"""


class AbsenceGroundQuerySet(models.QuerySet["AbsenceGround"]):
    """Grounds are restricted: a doctor's certificate is a fact of health."""

    def visible_to(self, user: Viewer) -> "AbsenceGroundQuerySet":
        """Grounds of those pupils whose absences the person keeps."""
        return self.filter(pupil__in=pupils_of_grounds(user).order_by().values("pk"))

    def live(self) -> "AbsenceGroundQuerySet":
        """Neither withdrawn nor replaced by a correction."""
        return self.filter(withdrawn_at__isnull=True)


class AbsenceGround(models.Model):
    """Why a pupil was absent on these days: a note, a certificate, an order; by which paper, entered by whom.

    `reason`: how lessons of these days are counted (an `AbsenceReason`); `covers_to`: through which day it holds, null
    while it does not (its paper is awaited). It is never changed: a correction withdraws it and `replaces` it by
    another, so what stood before stays with those who may see it. What the journal's file said is not touched.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="absence_grounds")
    kind = models.CharField("основание", max_length=12, choices=CHOICES)
    starts = models.DateField("с")
    ends = models.DateField("по")
    covers_to = models.DateField("действует по", null=True, blank=True)
    reason = models.CharField("учитывается как", max_length=10, choices=AbsenceReason.choices, default=ILLNESS)
    on_paper = models.BooleanField("документ видели на бумаге", default=False)
    scan = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.CharField("примечание", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    replaces = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="corrections")
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField("почему отозвано", max_length=300, blank=True, default="")

    objects = AbsenceGroundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        constraints = [
            ExclusionConstraint(
                name="grounds_do_not_overlap",
                expressions=[("pupil", RangeOperators.EQUAL), (DateSpan(), RangeOperators.OVERLAPS)],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="ground_days_in_order", condition=Q(starts__lte=F("ends"))),
            models.CheckConstraint(name="ground_kind_known", condition=Q(kind__in=[kind.value for kind in GroundKind])),
            models.CheckConstraint(
                name="ground_covers_its_days",
                condition=Q(covers_to__isnull=True) | Q(covers_to__range=(F("starts"), F("ends"))),
            ),
            models.CheckConstraint(
                name="ground_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True) ^ Q(withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.starts:%d.%m}–{self.ends:%d.%m}"

    @property
    def label(self) -> str:
        """«Справка врача»."""
        return TERMS[GroundKind(self.kind)].label

    @property
    def papered(self) -> bool:
        """Whether its paper is attached, or was seen."""
        return self.on_paper or self.scan_id is not None
