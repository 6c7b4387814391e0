"""Questionnaires with their versions, surveys by them, and what was answered.

What anonymous people answered is never kept by person, order or time: `SurveyTally` and `SurveyWords` hold sums that
the services add to (docs/decisions/0037-anonymous-surveys.md).
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from parents.survey_words import CODE_DIGITS, Ask, Audience, CampaignState, SheetWay, Way
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School, SchoolClass, Staff


class Questionnaire(models.Model):
    """A questionnaire of the school. `shipped`: which of the product's it was taken from."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="questionnaires")
    audience = models.CharField("кто отвечает", max_length=5, choices=Audience.choices())
    shipped = models.CharField(max_length=20, blank=True, default="")
    archived_at = models.DateTimeField("убрана", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "анкета"
        constraints = [
            models.CheckConstraint(name="questionnaire_audience_known", condition=Q(audience__in=Audience.codes()))
        ]

    def __str__(self) -> str:
        return f"анкета {self.pk}"


class QuestionnaireVersion(models.Model):
    """The words of a questionnaire. Once a survey goes by it, it is frozen: an edit makes the next version."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("версия")
    title = models.CharField("название", max_length=150)
    intro = models.CharField("что сказать перед вопросами", max_length=600, blank=True, default="")
    frozen = models.BooleanField("по ней отвечали", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("создана")

    class Meta:
        ordering = ["-number"]
        verbose_name = "версия анкеты"
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="survey_version_once")]

    def __str__(self) -> str:
        return f"{self.title}, версия {self.number}"


class Question(models.Model):
    """A question. `options`: list of {text, good, cause}; `measured`: the satisfaction indicator is counted by it."""

    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.CASCADE, related_name="questions")
    place = models.PositiveSmallIntegerField("место")
    kind = models.CharField("как отвечают", max_length=5, choices=Ask.choices())
    text = models.CharField("вопрос", max_length=300)
    required = models.BooleanField("обязательный", default=True)
    options = models.JSONField("варианты", default=list, blank=True)
    measured = models.BooleanField("считать показатель", default=False)

    class Meta:
        ordering = ["place"]
        verbose_name = "вопрос анкеты"
        constraints = [
            models.UniqueConstraint(
                fields=["version", "place"], name="survey_place_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["version"], condition=Q(measured=True), name="survey_measured_once"),
            models.CheckConstraint(name="survey_ask_known", condition=Q(kind__in=Ask.codes())),
        ]

    def __str__(self) -> str:
        return self.text


class SurveyCampaign(models.Model):
    """A questionnaire that classes are asked to answer from one day to another."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="surveys")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="campaigns")
    begins = models.DateField("с")
    ends = models.DateField("по")
    way = models.CharField("как отвечают", max_length=5, choices=Way.choices())
    state = models.CharField(
        "состояние", max_length=6, choices=CampaignState.choices(), default=CampaignState.DRAFT.value
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("создан")
    opened_on = models.DateField("открыт", null=True, blank=True)
    closed_on = models.DateField("закрыт", null=True, blank=True)

    class Meta:
        ordering = ["-begins", "-pk"]
        verbose_name = "опрос"
        constraints = [
            models.CheckConstraint(name="survey_days_in_order", condition=Q(begins__lte=F("ends"))),
            models.CheckConstraint(name="survey_state_known", condition=Q(state__in=CampaignState.codes())),
            models.CheckConstraint(name="survey_way_known", condition=Q(way__in=Way.codes())),
            models.CheckConstraint(
                name="survey_opened_says_when",
                condition=Q(state=CampaignState.DRAFT.value) | Q(opened_on__isnull=False),
            ),
            models.CheckConstraint(
                name="survey_closed_says_when",
                condition=Q(state=CampaignState.CLOSED.value, closed_on__isnull=False)
                | (~Q(state=CampaignState.CLOSED.value) & Q(closed_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"опрос {self.pk}"

    @property
    def audience(self) -> Audience:
        """Who answers."""
        return Audience(self.version.questionnaire.audience)


class SurveyGroup(models.Model):
    """By which answers of an anonymous survey are counted: a class, or small classes together.

    `code`: the common code of the group, where there is one; `invited`: how many are asked.
    """

    campaign = models.ForeignKey(SurveyCampaign, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField("группа", max_length=200)
    level = models.CharField("уровень", max_length=3, blank=True, default="")
    invited = models.PositiveIntegerField("приглашено")
    code = models.CharField("общий код", max_length=CODE_DIGITS, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "группа опроса"
        constraints = [models.UniqueConstraint(fields=["campaign", "name"], name="survey_group_once")]

    def __str__(self) -> str:
        return self.name


class SurveyClass(models.Model):
    """A class that is asked; `group` since the survey is open."""

    campaign = models.ForeignKey(SurveyCampaign, on_delete=models.CASCADE, related_name="classes")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(SurveyGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="classes")

    class Meta:
        ordering = ["school_class__grade", "school_class__letter"]
        verbose_name = "класс опроса"
        constraints = [models.UniqueConstraint(fields=["campaign", "school_class"], name="survey_class_once")]

    def __str__(self) -> str:
        return str(self.school_class)


class SurveySlip(models.Model):
    """A code for one answer, on paper; its hash alone is kept.

    Of an anonymous survey it belongs to a group and to nobody, and is gone once it was used: a row that only one answer
    touched would tell when (`xmin`). Of a named one it belongs to a pupil, and says whether it was `used`. Its key is
    random: the order of slips tells nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(SurveyCampaign, on_delete=models.CASCADE, related_name="slips")
    group = models.ForeignKey(SurveyGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="slips")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    hash = models.CharField(max_length=64, unique=True)
    used = models.BooleanField("использован", default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = "талон опроса"
        constraints = [
            models.CheckConstraint(
                name="survey_slip_of_group_or_pupil",
                condition=Q(group__isnull=False, pupil__isnull=True) | Q(group__isnull=True, pupil__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return "талон"


class SurveyTally(models.Model):
    """How many of a group answered, and how many chose what: one row, added to. No answer is kept beside another.

    `spent`: hashes of used slips, in their own order; `used`: how many of each class, by its key. Empty once closed.
    """

    group = models.OneToOneField(SurveyGroup, primary_key=True, on_delete=models.CASCADE, related_name="tally")
    answered = models.PositiveIntegerField("ответили", default=0)
    counts = models.JSONField("подсчёт", default=dict)
    spent = ArrayField(models.CharField(max_length=64), verbose_name="использованные талоны", default=list)
    used = models.JSONField("использовано по классам", default=dict)

    class Meta:
        verbose_name = "подсчёт опроса"
        indexes = [GinIndex(fields=["spent"], name="survey_spent")]

    def __str__(self) -> str:
        return f"подсчёт группы {self.group_id}"


class SurveyWords(models.Model):
    """Own words of an anonymous survey: by question, in alphabetical order, of the whole survey together."""

    campaign = models.OneToOneField(
        SurveyCampaign, primary_key=True, on_delete=models.CASCADE, related_name="own_words"
    )
    texts = models.JSONField("слова", default=dict)

    class Meta:
        verbose_name = "слова опроса"

    def __str__(self) -> str:
        return f"слова опроса {self.campaign_id}"


class SurveySheet(models.Model):
    """What a pupil answered, or a class teacher about a pupil. Restricted: `selectors/survey_sheets.py` alone reads it.

    Nothing is written over: a sheet taken back stays with the reason, and another may be filled in.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    campaign = models.ForeignKey(SurveyCampaign, on_delete=models.PROTECT, related_name="sheets")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="survey_sheets")
    teacher = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField("ответы", default=dict)
    way = models.CharField("как внесено", max_length=4, choices=SheetWay.choices())
    on = models.DateField("когда")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("записано")
    taken_at = models.DateTimeField("причины взяты в реестр", null=True, blank=True)
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField("почему отозвано", max_length=300, blank=True, default="")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "ответы на анкету"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "pupil"], condition=Q(withdrawn_at__isnull=True), name="survey_sheet_once"
            ),
            models.CheckConstraint(name="survey_sheet_way_known", condition=Q(way__in=SheetWay.codes())),
            models.CheckConstraint(
                name="survey_sheet_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]
        indexes = [models.Index(fields=["pupil", "on"], name="survey_sheet_of_pupil")]

    def __str__(self) -> str:
        return f"ответы: {self.pupil_id}"
