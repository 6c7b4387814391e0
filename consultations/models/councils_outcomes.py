"""What councils come to: conclusions, referrals to the ПМПК, cases of mediation."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from consultations.councils import (
    Agreement,
    AgreementWay,
    CaseKind,
    CaseState,
    CouncilKind,
    Initiator,
    Outcome,
    PmpkResult,
)
from consultations.models.councils import Council
from consultations.models.councils_sittings import SittingQuestion
from consultations.permissions_seen_councils import facts_seen, insider_of, kinds_inside, own_class
from school.access import Viewer, access_of, pupils_for
from school.models import AcademicYear, Pupil, School, Staff


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    """Conclusions; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "ConclusionQuerySet":
        """Those of the own class and of the own council, with what was concluded."""
        inside = insider_of(user, "question__sitting__council__")
        return self.filter(Q(school=access_of(user).school) & (inside | own_class(user))).distinct()

    def known_to(self, user: Viewer) -> "ConclusionQuerySet":
        """Those about seen pupils: their recommendations are for whoever works with the pupil."""
        return self.filter(facts_seen(user, "question__sitting__council__kind"))


class Conclusion(models.Model):
    """A collegial conclusion about a pupil (коллегиальное заключение). Its words stand apart, without a diagnosis.

    `number` is that of the journal of conclusions. `given_on`: handed to the parents; `teachers_on`: brought to the
    teachers; `signed`: the parents' signature was seen.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    question = models.OneToOneField(SittingQuestion, on_delete=models.PROTECT, related_name="conclusion")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="conclusions")
    number = models.PositiveIntegerField("номер")
    outcome = models.CharField("результат", max_length=8, choices=Outcome.choices())
    agreement = models.CharField("родители", max_length=8, choices=Agreement.choices(), blank=True, default="")
    agreement_on = models.DateField("когда ответили", null=True, blank=True)
    agreement_how = models.CharField("как", max_length=8, choices=AgreementWay.choices(), blank=True, default="")
    signed = models.BooleanField("подпись есть", default=False)
    given_on = models.DateField("передано родителям", null=True, blank=True)
    teachers_on = models.DateField("доведено до педагогов", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "коллегиальное заключение"
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="conclusion_number_once"),
            models.CheckConstraint(name="conclusion_outcome_known", condition=Q(outcome__in=Outcome.codes())),
            models.CheckConstraint(
                name="conclusion_answer_dated",
                condition=Q(agreement="", agreement_on__isnull=True, agreement_how="")
                | Q(
                    agreement__in=Agreement.codes(),
                    agreement_on__isnull=False,
                    agreement_how__in=AgreementWay.codes(),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Коллегиальное заключение № {self.number}"


class ConclusionWords(models.Model):
    """What was concluded and what is advised: restricted, read past the log. `advice` is for whoever sees the pupil.

    `dissent`: with what the parents do not agree.
    """

    conclusion = models.OneToOneField(Conclusion, on_delete=models.CASCADE, related_name="words")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    findings = models.CharField("выводы", max_length=2000)
    advice = models.CharField("рекомендации педагогам", max_length=2000)
    parents = models.CharField("рекомендации родителям", max_length=2000, blank=True, default="")
    dissent = models.CharField("особое мнение родителей", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = "текст заключения"

    def __str__(self) -> str:
        return f"Текст заключения № {self.conclusion_id}"


class ConclusionReader(models.Model):
    """A teacher who has read the recommendations and said so."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="readers")
    staff = models.ForeignKey(Staff, verbose_name="сотрудник", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        ordering = ["at"]
        verbose_name = "ознакомление с заключением"
        constraints = [models.UniqueConstraint(fields=["conclusion", "staff"], name="conclusion_read_once")]

    def __str__(self) -> str:
        return f"{self.staff}"


class PmpkReferralQuerySet(models.QuerySet["PmpkReferral"]):
    """Referrals; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "PmpkReferralQuerySet":
        """Whoever is in the ППк; a class teacher those of the own class."""
        access = access_of(user)
        if access.school is None or access.staff is None:
            return self.none()
        rows = self.filter(school=access.school)
        return rows if CouncilKind.PPK in kinds_inside(user) else rows.filter(own_class(user))


class PmpkReferral(models.Model):
    """A line of the journal of referrals to the ПМПК. `reason` and `note` are restricted: read past the log."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="pmpk_referrals")
    number = models.PositiveIntegerField("номер")
    on = models.DateField("дата")
    reason = models.CharField("цель, причина", max_length=500)
    handed_on = models.DateField("документы выданы родителям", null=True, blank=True)
    result = models.CharField("результат", max_length=8, choices=PmpkResult.choices(), default=PmpkResult.WAITS)
    result_on = models.DateField("когда стал известен", null=True, blank=True)
    note = models.CharField("что рекомендовано", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = PmpkReferralQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "направление на ПМПК"
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "number"], name="pmpk_number_once"),
            models.CheckConstraint(name="pmpk_result_known", condition=Q(result__in=PmpkResult.codes())),
            models.CheckConstraint(
                name="pmpk_result_dated", condition=Q(result=PmpkResult.WAITS) ^ Q(result_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Направление на ПМПК № {self.number}"


class MediationCaseQuerySet(models.QuerySet["MediationCase"]):
    """Cases; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "MediationCaseQuerySet":
        """The service's members, the administration, the class teachers of its pupils. The course: members alone."""
        access = access_of(user)
        if access.school is None or access.staff is None:
            return self.none()
        inside = insider_of(user, "council__")
        parties = CaseParty.objects.filter(own_class(user), pupil__in=pupils_for(user).order_by().values("pk"))
        return self.filter(inside | Q(pk__in=parties.values("case")), school=access.school).distinct()


class MediationCase(models.Model):
    """A case of the service of mediation: between whom, who leads it, how it ended. What was said stands apart."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField("номер")
    kind = models.CharField("конфликт", max_length=8, choices=CaseKind.choices())
    initiator = models.CharField("кто обратился", max_length=8, choices=Initiator.choices())
    mediator = models.ForeignKey(Staff, verbose_name="ведущий", on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField("начат")
    state = models.CharField("состояние", max_length=8, choices=CaseState.choices(), default=CaseState.OPEN)
    closed_on = models.DateField("завершён", null=True, blank=True)
    check_on = models.DateField("проверить, как выполняется", null=True, blank=True)
    kept = models.BooleanField("договор выполняется", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    objects = MediationCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-number"]
        verbose_name = "случай медиации"
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="case_number_once"),
            models.CheckConstraint(name="case_kind_known", condition=Q(kind__in=CaseKind.codes())),
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=CaseState.codes())),
            models.CheckConstraint(
                name="case_closed_has_day", condition=Q(state=CaseState.OPEN) ^ Q(closed_on__isnull=False)
            ),
            models.CheckConstraint(
                name="case_checks_what_was_agreed",
                condition=Q(state=CaseState.AGREED) | Q(check_on__isnull=True, kept__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Случай № {self.number}"


class CaseParty(models.Model):
    """A side of a case: a pupil, a person of the school, or somebody else in words («мать обучающегося»)."""

    case = models.ForeignKey(MediationCase, on_delete=models.CASCADE, related_name="parties")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="mediation")
    staff = models.ForeignKey(
        Staff, verbose_name="сотрудник", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    other = models.CharField("другой участник", max_length=200, blank=True, default="")
    agrees = models.BooleanField("согласие на участие", default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "сторона случая медиации"
        constraints = [
            models.CheckConstraint(
                name="party_is_one",
                condition=Q(pupil__isnull=False, staff__isnull=True, other="")
                | Q(pupil__isnull=True, staff__isnull=False, other="")
                | (Q(pupil__isnull=True, staff__isnull=True) & ~Q(other="")),
            ),
            models.UniqueConstraint(fields=["case", "pupil"], name="party_pupil_once"),
        ]

    def __str__(self) -> str:
        return f"Сторона № {self.pk}"

    @property
    def name(self) -> str:
        """Whoever it is."""
        return self.pupil.full_name if self.pupil else self.staff.full_name if self.staff else self.other


class CaseWords(models.Model):
    """What a case is about and how it went (members alone), and what was agreed (whom it concerns); past the log."""

    case = models.OneToOneField(MediationCase, on_delete=models.CASCADE, related_name="words")
    course = models.CharField("ход", max_length=2000, blank=True, default="")
    agreed = models.CharField("договорённость", max_length=1000, blank=True, default="")

    class Meta:
        verbose_name = "текст случая медиации"

    def __str__(self) -> str:
        return f"Текст случая № {self.case_id}"
