"""A school's program of prevention: its passport, its indicators with targets, its approved versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from common.models import Step
from roadmaps.indicators import Origin, Reading, Unit
from roadmaps.words_program import ProgramState, Section, Template
from school.access import Viewer, access_of
from school.models import School


class ProgramQuerySet(models.QuerySet["Program"]):
    """Programs of a school."""

    def visible_to(self, user: Viewer) -> "ProgramQuerySet":
        """Of the own school: it names no pupil, and everybody with a duty there reads it."""
        access = access_of(user)
        if access.school is None or not access.roles:
            return self.none()
        return self.filter(school=access.school)


class Program(models.Model):
    """What the school wants to reach and by which figures it will see it.

    `starts_on` and `ends_on`: the days between which its targets hold. `number` counts approved versions; the protocol
    is that of the pedagogical council's last approval. `term`: how long, in words.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    template = models.CharField("шаблон", max_length=10, choices=Template.choices())
    title = models.CharField("название", max_length=300)
    term = models.CharField("срок реализации", max_length=200, blank=True, default="")
    starts_on = models.DateField("действует с")
    ends_on = models.DateField("действует по")
    state = models.CharField("состояние", max_length=10, choices=ProgramState.choices(), default=ProgramState.DRAFT)
    number = models.PositiveSmallIntegerField("утверждённая редакция", default=0)
    protocol_number = models.CharField("номер протокола педсовета", max_length=40, blank=True, default="")
    protocol_date = models.DateField("дата педсовета", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("составлена")

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = "программа профилактики"
        constraints = [
            models.CheckConstraint(name="program_state_known", condition=Q(state__in=ProgramState.codes())),
            models.CheckConstraint(name="program_ends_later", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(
                name="program_approved_has_protocol",
                condition=Q(number=0, state="draft")
                | (Q(number__gt=0, protocol_date__isnull=False) & ~Q(protocol_number="") & ~Q(state="draft")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgramDirection(models.Model):
    """A direction of the program; `part` is the catalogue's code of a shipped one."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="directions")
    number = models.PositiveSmallIntegerField("номер")
    name = models.CharField("название", max_length=300)
    part = models.CharField("из каталога", max_length=20, blank=True, default="")

    class Meta:
        ordering = ["number"]
        verbose_name = "направление программы"
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="program_direction_once")]

    def __str__(self) -> str:
        return self.name


class ProgramLineQuerySet(models.QuerySet["ProgramLine"]):
    """Lines of programs; a removed one is kept until the program is approved."""

    def standing(self) -> "ProgramLineQuerySet":
        """Those that nobody has removed."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> "ProgramLineQuerySet":
        """Those that may be brought back, the last removed first."""
        return self.filter(removed_at__isnull=False).order_by("-removed_at", "-pk")


class ProgramLine(models.Model):
    """One line of a section. Empty `text` is a blank of the source: it is printed as not filled in.

    `rhythm`: how often, of governance; the dates in words, of a stage, whose days are `starts_on` and `ends_on`.
    `remark`: what the template says of an oddity; shown to whoever edits, never printed.
    `removed_at`: it waits to be brought back or, with the approval, to be forgotten.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="lines")
    section = models.CharField("раздел", max_length=12, choices=Section.choices())
    number = models.PositiveSmallIntegerField("номер")
    text = models.TextField("текст", blank=True, default="")
    rhythm = models.CharField("когда", max_length=200, blank=True, default="")
    direction = models.ForeignKey(
        ProgramDirection, on_delete=models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("окончание", null=True, blank=True)
    remark = models.CharField("замечание", max_length=300, blank=True, default="")
    removed_at = models.DateTimeField("удалена", null=True, blank=True)

    objects = ProgramLineQuerySet.as_manager()

    class Meta:
        ordering = ["section", "number"]
        verbose_name = "строка паспорта программы"
        constraints = [
            models.UniqueConstraint(
                fields=["program", "section", "number"],
                condition=Q(removed_at__isnull=True),
                name="program_line_once",
            ),
            models.CheckConstraint(name="program_line_section_known", condition=Q(section__in=Section.codes())),
            models.CheckConstraint(
                name="program_stage_days",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


class ProgramIndicator(models.Model):
    """An indicator of the program: one of the catalogue by its code, or the school's own («Ш1»).

    `targets`: `rules.targets.Target` as JSON, in the order of years. `reading`: which of the catalogue's readings the
    school decided for, with its reason; empty where it has not, or where there is only one.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="indicators")
    direction = models.ForeignKey(
        ProgramDirection, on_delete=models.PROTECT, null=True, blank=True, related_name="indicators"
    )
    code = models.CharField("код", max_length=8)
    number = models.PositiveSmallIntegerField("номер")
    title = models.CharField("название", max_length=600)
    unit = models.CharField("что это", max_length=10, choices=Unit.choices())
    origin = models.CharField("откуда значение", max_length=10, choices=Origin.choices())
    baseline_raw = models.CharField("исходное значение", max_length=60, blank=True, default="")
    baseline = models.DecimalField("исходное число", max_digits=8, decimal_places=2, null=True, blank=True)
    targets = models.JSONField("план по годам", default=list)
    reading = models.CharField("прочтение", max_length=12, blank=True, default="")
    reading_why = models.CharField("почему так", max_length=300, blank=True, default="")
    own = models.BooleanField("показатель школы", default=False)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = "показатель программы"
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="program_indicator_once"),
            models.CheckConstraint(name="program_indicator_unit_known", condition=Q(unit__in=Unit.codes())),
            models.CheckConstraint(name="program_indicator_origin_known", condition=Q(origin__in=Origin.codes())),
            models.CheckConstraint(
                name="program_indicator_reading_known", condition=Q(reading__in=["", *Reading.codes()])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"


class ProgramVersion(models.Model):
    """What the council approved, as it was: `body` is the paper, so that it prints identically. Written once."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("редакция")
    protocol_number = models.CharField("номер протокола педсовета", max_length=40)
    protocol_date = models.DateField("дата педсовета")
    grounds = models.CharField("основание изменений", max_length=500, blank=True, default="")
    body = models.JSONField("содержание")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("утверждена")

    class Meta:
        ordering = ["-number"]
        verbose_name = "редакция программы"
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="program_version_once")]

    def __str__(self) -> str:
        return f"редакция {self.number}"


class ProgramStep(Step):
    """What was done with a program as a whole."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = "шаг программы"
