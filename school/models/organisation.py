"""Municipalities and schools, and the numbers by which a school judges."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone


def validate_timezone(value: str) -> None:
    """Refuse a name that the time-zone database does not know."""
    if value not in available_timezones():
        raise ValidationError("Такого часового пояса нет, например: Europe/Moscow.")


class Municipality(models.Model):
    """A district whose schools are seen side by side."""

    name = models.CharField("название", max_length=200, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """One school. Everything that holds pupils' data reaches it."""

    code = models.CharField("код", max_length=32, unique=True)
    name = models.CharField("краткое название", max_length=200)
    full_name = models.CharField("полное название", max_length=400, blank=True, default="")
    founder = models.CharField("учредитель", max_length=300, blank=True, default="")
    locality = models.CharField("населённый пункт", max_length=200, blank=True, default="")
    address = models.CharField("адрес", max_length=300, blank=True, default="")
    municipality = models.ForeignKey(
        Municipality, verbose_name="муниципалитет", on_delete=models.PROTECT, null=True, blank=True
    )
    timezone = models.CharField("часовой пояс", max_length=64, default="Europe/Moscow", validators=[validate_timezone])
    demo_today = models.DateField(
        "«сегодня» учебного показа",
        null=True,
        blank=True,
        help_text="Заполнено только у учебной школы: все сроки считаются от этого дня.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def official_name(self) -> str:
        """The name for documents."""
        return self.full_name or self.name

    def now(self) -> datetime:
        """The present moment on the school's clock; the demo school's day stands still."""
        moment = timezone.now().astimezone(ZoneInfo(self.timezone))
        if self.demo_today is None:
            return moment
        return moment.replace(year=self.demo_today.year, month=self.demo_today.month, day=self.demo_today.day)

    def today(self) -> date:
        """The school's day: of its time zone, or the demo's fixed one. All date logic asks here."""
        return self.demo_today or timezone.now().astimezone(ZoneInfo(self.timezone)).date()


class Attestation(models.TextChoices):
    """Of which results an academic debt comes (273-ФЗ, ст. 58: the school says when attestation is held)."""

    YEAR = "year", "по итогам года"
    PERIOD = "period", "по итогам каждого периода"


def _whole(label: str, default: int, most: int, source: str = "") -> "models.PositiveSmallIntegerField[int, int]":
    """A whole number from 1, one of the school's thresholds; `source`: where its default is written."""
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(1), MaxValueValidator(most)], help_text=source
    )


class SchoolSettings(models.Model):
    """Thresholds. Defaults are those of the regional definitions and of the headless contract."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, primary_key=True, related_name="settings")
    weak_min_marks = models.PositiveSmallIntegerField(
        "двоек по одному предмету для «слабоуспевающего», не меньше",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    weak_max_result = models.PositiveSmallIntegerField(
        "итог по этому предмету для «слабоуспевающего», не выше",
        default=5,
        validators=[MinValueValidator(3), MaxValueValidator(5)],
    )
    reserve_max_subjects = models.PositiveSmallIntegerField(
        "предметов с «3» для группы резерва, не больше",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    round_up_from = models.DecimalField(
        "прогноз округляется вверх от дробной части",
        max_digits=3,
        decimal_places=2,
        default=Decimal("0.50"),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(Decimal("0.99"))],
        help_text="0,50: средняя 2,50 даёт прогноз «3».",
    )
    forecast_min_marks = models.PositiveSmallIntegerField(
        "отметок для прогноза, не меньше", default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    three_unsatisfactory_min = models.PositiveSmallIntegerField(
        "двоек по предмету за период для сигнала", default=3, validators=[MinValueValidator(2), MaxValueValidator(20)]
    )
    marks_from_grade = models.PositiveSmallIntegerField(
        "отметки ставятся с класса", default=2, validators=[MinValueValidator(1), MaxValueValidator(11)]
    )
    stale_after_days = models.PositiveSmallIntegerField(
        "данные класса считаются старыми через, дней",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    approval_days = _whole("учебных дней на согласование реестра после периода", 5, 20)
    remind_days = _whole("напомнить классным руководителям за, учебных дней", 2, 10)
    answer_days = _whole("учебных дней на ответ по сигналу", 3, 20)
    absent_single = _whole("пропущенных уроков для записи в дневнике, не меньше", 1, 20)
    absent_repeated = _whole("дней с пропусками для беседы с родителями, не меньше", 2, 40)
    absent_systematic = _whole("дней с пропусками для малого педсовета, не меньше", 5, 60)
    absent_percent = _whole("или доля пропущенных уроков, %", 10, 100)
    note_days = _whole(
        "учебных дней по записке родителей, не больше",
        3,
        14,
        "Правила учёта пропусков: «записка от родителей на срок не более 3-х дней», дальше нужна справка.",
    )
    twos_percent = _whole("доля двоек, с которой внешняя работа тревожна, %", 20, 100, "ФИОКО: «не менее 20 % двоек».")
    twos_procedures = _whole(
        "таких работ за учебный год, не меньше", 2, 20, "ФИОКО: «по двум и более оценочным процедурам»."
    )
    homework_answer_days = _whole(
        "дней на ответ по жалобе на объём домашних заданий", 30, 30, "59-ФЗ, ст. 12: 30 дней со дня регистрации."
    )
    trend_drop = models.DecimalField(
        "отметки падают, если последние пять ниже прежних на",
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(Decimal(3))],
    )
    external_gap = _whole("внешняя работа расходится с отметкой на, баллов", 1, 3)
    attestation = models.CharField(
        "промежуточная аттестация", max_length=6, choices=Attestation.choices, default=Attestation.YEAR
    )
    feedback_monthly = _whole(
        "записей обратной связи родителям в месяц, не меньше",
        1,
        20,
        "Паспорт программы, показатель 26: что значит «активно», в нём не сказано, решает школа.",
    )
    participation_records = _whole(
        "записей педагога за период, с которых он включён в профилактику, не меньше",
        1,
        20,
        "Паспорт программы, показатель 3: что значит «включён», в нём не сказано, решает школа.",
    )
    few_marks_one = _whole("отметок за период при одном часе в неделю, не меньше", 3, 20)
    few_marks_two = _whole("отметок за период при двух часах, не меньше", 5, 20)
    few_marks_more = _whole("отметок за период при трёх часах и больше, не меньше", 7, 30)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settings_absences_grow",
                condition=models.Q(absent_repeated__lte=models.F("absent_systematic")),
                violation_error_message="Для малого педсовета дней должно быть не меньше, чем для беседы с родителями.",
            ),
            models.CheckConstraint(name="settings_weak_min", condition=models.Q(weak_min_marks__range=(1, 20))),
            models.CheckConstraint(name="settings_weak_max", condition=models.Q(weak_max_result__range=(3, 5))),
            models.CheckConstraint(name="settings_reserve", condition=models.Q(reserve_max_subjects__range=(1, 10))),
            models.CheckConstraint(
                name="settings_round_up",
                condition=models.Q(round_up_from__gt=0) & models.Q(round_up_from__lt=1),
            ),
        ]

    def __str__(self) -> str:
        return f"Пороги: {self.school}"
