"""The register of local acts: what is written, adopted, approved, in force; its files; agreements as they count."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from documents.models import StoredFile
from iom.models import PartnerAgreement
from roadmaps.act_words import ActDeed, ActKind, ActState
from school.access import Viewer, access_of
from school.models import School


class LocalActQuerySet(models.QuerySet["LocalAct"]):
    """Acts of a school."""

    def visible_to(self, user: Viewer) -> "LocalActQuerySet":
        """Of the own school: local acts are no secret for those who work there."""
        access = access_of(user)
        return self.filter(school=access.school) if access.school is not None and access.roles else self.none()


class LocalAct(models.Model):
    """An act. `answers` is the code of the demand that it meets (`rules.demanded`), empty for the school's own.

    `number` and `on` are those of its approval; `starts` is the day from which it is in force, `ends` its last.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=ActKind.choices())
    title = models.CharField("название", max_length=300)
    answers = models.CharField("чему отвечает", max_length=16, blank=True, default="")
    state = models.CharField("состояние", max_length=8, choices=ActState.choices(), default=ActState.DRAFT)
    number = models.CharField("номер", max_length=50, blank=True, default="")
    on = models.DateField("дата", null=True, blank=True)
    starts = models.DateField("действует с", null=True, blank=True)
    ends = models.DateField("действует по", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("внесён")

    objects = LocalActQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = "локальный акт"
        constraints = [
            models.CheckConstraint(name="local_act_kind_known", condition=Q(kind__in=ActKind.codes())),
            models.CheckConstraint(name="local_act_state_known", condition=Q(state__in=ActState.codes())),
            models.CheckConstraint(name="local_act_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="local_act_approved_has_number",
                condition=Q(state__in=["draft", "adopted"]) | (Q(on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="local_act_in_force_has_day",
                condition=~Q(state__in=["force", "repealed"]) | Q(starts__isnull=False),
            ),
            models.CheckConstraint(
                name="local_act_days_in_order",
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(starts__lte=F("ends")),
            ),
        ]
        indexes = [models.Index(fields=["school", "answers"], name="local_act_by_demand")]

    def __str__(self) -> str:
        return self.title


class LocalActStep(Step):
    """What was done with an act, by whom, when, on what grounds."""

    act = models.ForeignKey(LocalAct, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=ActDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг локального акта"


class LocalActFile(models.Model):
    """A scan or a PDF of the act. What was attached by mistake is withdrawn and stays."""

    act = models.ForeignKey(LocalAct, on_delete=models.CASCADE, related_name="files")
    title = models.CharField("название", max_length=150)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("приложен")
    withdrawn_at = models.DateTimeField("снят", null=True, blank=True)
    withdrawn_why = models.CharField("почему снят", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = "файл локального акта"
        constraints = [
            models.CheckConstraint(
                name="local_act_file_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PsychAgreement(models.Model):
    """An agreement with a partner who helps children and parents psychologically: a person says so (показатель 33)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    agreement = models.OneToOneField(PartnerAgreement, on_delete=models.CASCADE, related_name="psych")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("отмечено")

    class Meta:
        ordering = ["pk"]
        verbose_name = "отметка о договоре с психологической помощью"

    def __str__(self) -> str:
        return str(self.agreement)
