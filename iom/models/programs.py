"""Programs that the school runs, partners of the network, who attends courses, what pupils achieved."""

from typing import TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from documents.models import StoredFile
from iom.models.removable import Removable
from iom.programs import LevelWord, MetaArea, MetaLevel, Place, ProgramKind, Reach
from risk_registry.models import AboutPupilsQuerySet
from school.models import AcademicYear, Pupil, School, Staff, Subject

RowT = TypeVar("RowT", bound=models.Model)


class NetworkPartner(Removable):
    """An organisation with which the school runs programs together (сетевое взаимодействие)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    name = models.CharField("организация", max_length=300)
    gives = models.CharField("что предоставляет", max_length=500, blank=True, default="")
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "партнёр сети"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(removed_at__isnull=True), name="partner_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PartnerAgreement(Removable):
    """An agreement with a partner; without `ends` it has no term."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    partner = models.ForeignKey(NetworkPartner, on_delete=models.CASCADE, related_name="agreements")
    number = models.CharField("номер", max_length=50)
    signed_on = models.DateField("дата")
    starts = models.DateField("действует с")
    ends = models.DateField("действует по", null=True, blank=True)
    about = models.CharField("предмет договора", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = "договор с партнёром"
        constraints = [
            models.CheckConstraint(
                name="agreement_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            )
        ]

    def __str__(self) -> str:
        return f"договор № {self.number} от {self.signed_on:%d.%m.%Y}"


class Program(Removable):
    """A program of the register. Approved when it has the date of its order; `where` names another organisation that
    runs it: such a program counts for who attends it, not for the school's indicators."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=ProgramKind.choices())
    title = models.CharField("название", max_length=300)
    levels = ArrayField(models.CharField(max_length=3), verbose_name="уровни образования")
    subject = models.ForeignKey(
        Subject, verbose_name="в поддержку предмета", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    network = models.BooleanField("сетевая форма, оборудование партнёра", default=False)
    partner = models.ForeignKey(
        NetworkPartner, verbose_name="партнёр", on_delete=models.PROTECT, null=True, blank=True, related_name="programs"
    )
    literacy = models.BooleanField("функциональная грамотность", default=False)
    where = models.CharField("где, если не в школе", max_length=300, blank=True, default="")
    leader = models.ForeignKey(
        Staff, verbose_name="ведёт", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    hours = models.DecimalField("часов в неделю", max_digits=3, decimal_places=1, null=True, blank=True)
    paper_number = models.CharField("приказ, номер", max_length=50, blank=True, default="")
    approved_on = models.DateField("утверждена", null=True, blank=True)
    starts = models.DateField("действует с")
    ends = models.DateField("действует по", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = "программа"
        constraints = [
            models.CheckConstraint(name="program_kind_known", condition=Q(kind__in=ProgramKind.codes())),
            models.CheckConstraint(
                name="program_levels_known",
                condition=Q(levels__contained_by=LevelWord.codes()) & Q(levels__len__gt=0),
            ),
            models.CheckConstraint(
                name="program_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.CheckConstraint(
                name="program_approved_by_paper", condition=Q(approved_on__isnull=True) ^ ~Q(paper_number="")
            ),
            models.CheckConstraint(
                name="program_partner_is_network", condition=Q(partner__isnull=True) | Q(network=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def level_words(self) -> str:
        """«НОО, ООО»."""
        return ", ".join(LevelWord(code).label for code in LevelWord.codes() if code in self.levels)


class PupilFacts(AboutPupilsQuerySet[RowT]):
    """Short facts about pupils."""

    def standing(self) -> "PupilFacts[RowT]":
        """Those that nobody took back."""
        return self.filter(removed_at__isnull=True)


class CourseSeat(Removable):
    """A pupil attends a course, from a day to a day."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="courses")
    program = models.ForeignKey(Program, verbose_name="программа", on_delete=models.PROTECT, related_name="seats")
    starts = models.DateField("ходит с")
    ends = models.DateField("по", null=True, blank=True)

    objects = PupilFacts.as_manager()

    class Meta:
        ordering = ["-starts", "-pk"]
        verbose_name = "запись на курс"
        constraints = [
            models.CheckConstraint(
                name="seat_days_in_order", condition=Q(ends__isnull=True) | Q(starts__lte=F("ends"))
            ),
            models.UniqueConstraint(
                fields=["pupil", "program"],
                condition=Q(ends__isnull=True, removed_at__isnull=True),
                name="course_seat_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.program)


class Achievement(Removable):
    """A pupil took part in a competition: how far it reached, with which result."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="achievements")
    title = models.CharField("конкурс", max_length=300)
    reach = models.CharField("уровень", max_length=8, choices=Reach.choices())
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField("результат", max_length=1, choices=Place.choices())
    on = models.DateField("когда")
    scan = models.ForeignKey(
        StoredFile, verbose_name="документ", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PupilFacts.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "участие в конкурсе"
        constraints = [
            models.CheckConstraint(name="achievement_reach_known", condition=Q(reach__in=Reach.codes())),
            models.CheckConstraint(name="achievement_place_known", condition=Q(place__in=Place.codes())),
        ]
        indexes = [models.Index(fields=["school", "year"], name="achievement_of_year")]

    def __str__(self) -> str:
        return self.title


class MetaResult(Removable):
    """A metasubject result: what, at which level, when, how it was found."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="meta_results")
    area = models.CharField("группа", max_length=8, choices=MetaArea.choices())
    what = models.CharField("что", max_length=200, blank=True, default="")
    level = models.CharField("уровень", max_length=1, choices=MetaLevel.choices())
    how = models.CharField("по чему видно", max_length=200, blank=True, default="")
    on = models.DateField("когда")

    objects = PupilFacts.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "метапредметный результат"
        constraints = [
            models.CheckConstraint(name="meta_area_known", condition=Q(area__in=MetaArea.codes())),
            models.CheckConstraint(name="meta_level_known", condition=Q(level__in=MetaLevel.codes())),
        ]

    def __str__(self) -> str:
        return self.get_area_display()
