"""Visits of lessons, teachers' gaps, and the values that a person sets for what visits are evidence of."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from school.models import AcademicYear, SchoolClass, Staff, Subject
from teaching.models.base import Record
from teaching.words import GapArea, GapFound, Objectivity, Technology, WeakWork


class LessonVisit(Record):
    """A visit of one lesson. Empty columns were not looked at: nothing but the day is asked."""

    staff = models.ForeignKey(Staff, verbose_name="чей урок", on_delete=models.PROTECT, related_name="visited_lessons")
    visitor = models.ForeignKey(Staff, verbose_name="кто посетил", on_delete=models.PROTECT, related_name="+")
    on = models.DateField("когда")
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    school_class = models.ForeignKey(
        SchoolClass, verbose_name="класс", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    topic = models.CharField("тема урока", max_length=200, blank=True, default="")
    technologies = ArrayField(models.CharField(max_length=8), verbose_name="что видно", default=list, blank=True)
    objectivity = models.CharField(
        "объективность отметок", max_length=4, choices=Objectivity.choices(), blank=True, default=""
    )
    weak = models.CharField(
        "работа со слабоуспевающими", max_length=4, choices=WeakWork.choices(), blank=True, default=""
    )
    text = models.CharField("несколько слов", max_length=1000, blank=True, default="")
    read_at = models.DateTimeField("прочитано", null=True, blank=True)
    reply = models.CharField("слово учителя", max_length=1000, blank=True, default="")

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "посещение урока"
        constraints = [
            models.CheckConstraint(
                name="visit_technologies_known", condition=Q(technologies__contained_by=Technology.codes())
            ),
            models.CheckConstraint(
                name="visit_objectivity_known", condition=Q(objectivity="") | Q(objectivity__in=Objectivity.codes())
            ),
            models.CheckConstraint(name="visit_weak_known", condition=Q(weak="") | Q(weak__in=WeakWork.codes())),
            models.CheckConstraint(name="visit_of_another", condition=~Q(staff=F("visitor"))),
        ]
        indexes = [models.Index(fields=["school", "on"], name="visit_by_day")]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """The visited teacher and the visitor."""
        return Q(pk__in=[]) if staff is None else Q(staff=staff) | Q(visitor=staff)

    @property
    def technology_words(self) -> list[str]:
        """In the order of the form."""
        return [Technology(code).label for code in Technology.codes() if code in self.technologies]


class TeacherGap(Record):
    """A teacher's professional gap. How it is closed stands in a route of the floor above."""

    staff = models.ForeignKey(Staff, verbose_name="педагог", on_delete=models.PROTECT, related_name="teaching_gaps")
    area = models.CharField("область", max_length=8, choices=GapArea.choices())
    text = models.CharField("в чём", max_length=300)
    found = models.CharField("как обнаружен", max_length=8, choices=GapFound.choices(), default=GapFound.SELF)
    found_on = models.DateField("когда")
    closed_on = models.DateField("закрыт", null=True, blank=True)
    closed_how = models.CharField("чем закрыт", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-found_on", "-pk"]
        verbose_name = "профессиональный дефицит"
        constraints = [
            models.CheckConstraint(name="gap_area_known", condition=Q(area__in=GapArea.codes())),
            models.CheckConstraint(name="gap_found_how_known", condition=Q(found__in=GapFound.codes())),
            models.CheckConstraint(
                name="gap_days_in_order", condition=Q(closed_on__isnull=True) | Q(found_on__lte=F("closed_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_area_display()}: {self.text}"


class SetValue(Record):
    """What a person set for an indicator of a year (показатели 5–8), with what the visits said at that moment."""

    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    code = models.CharField("показатель", max_length=4)
    number = models.PositiveSmallIntegerField("сколько педагогов")
    of = models.PositiveSmallIntegerField("из скольких")
    seen = models.PositiveSmallIntegerField("по посещениям было")
    text = models.CharField("на чём основано", max_length=500)

    class Meta:
        ordering = ["code"]
        verbose_name = "значение показателя"
        constraints = [
            models.CheckConstraint(name="set_value_within", condition=Q(number__lte=F("of"))),
            models.UniqueConstraint(
                fields=["year", "code"], condition=Q(removed_at__isnull=True), name="set_value_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.number} из {self.of}"

    @classmethod
    def seen_by(cls, staff: int | None) -> Q:
        """Those alone who see everything."""
        return Q(pk__in=[])
