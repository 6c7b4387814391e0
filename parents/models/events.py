"""Events for parents: the plan of the year, who came, what was decided, what was shown there."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from common.models import Step
from documents.models import StoredFile
from parents.event_words import EventDeed, EventKind, EventState
from risk_registry.models import AboutPupilsQuerySet
from school.access import Viewer, access_of
from school.models import AcademicYear, Guardian, Level, Pupil, School, SchoolClass, Staff


class EventQuerySet(models.QuerySet["ParentEvent"]):
    """Events of a school. They tell of no pupil; who came is read apart."""

    def visible_to(self, user: Viewer) -> "EventQuerySet":
        """Those of the person's school, for whoever has a duty in it."""
        access = access_of(user)
        return self.filter(school=access.school) if access.school is not None and access.roles else self.none()


class ParentEvent(models.Model):
    """A meeting, a lecture, a club, a day of consultations. Invited are `levels` and `classes`; neither: everybody.

    `prevention`: it is about preventing failure at school, so the indicators P23 and P27 count it. `questions`: one a
    line. `chair`, `secretary`, `course` are the protocol's; `concluded_on` is empty while it may be changed.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=8, choices=EventKind.choices())
    title = models.CharField("тема", max_length=200)
    levels = ArrayField(models.CharField(max_length=3, choices=Level.choices), verbose_name="уровни", default=list)
    prevention = models.BooleanField("о профилактике учебной неуспешности", default=True)
    on = models.DateField("день")
    starts_at = models.TimeField("начало", null=True, blank=True)
    ends_at = models.TimeField("конец", null=True, blank=True)
    place = models.CharField("место", max_length=150, blank=True, default="")
    leader = models.ForeignKey(
        Staff, verbose_name="ведёт", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    questions = models.CharField("повестка", max_length=2000, blank=True, default="")
    state = models.CharField("состояние", max_length=8, choices=EventState.choices(), default=EventState.PLANNED)
    chair = models.CharField("председатель", max_length=150, blank=True, default="")
    secretary = models.CharField("секретарь", max_length=150, blank=True, default="")
    course = models.CharField("ход", max_length=4000, blank=True, default="")
    number = models.PositiveIntegerField("номер протокола", null=True, blank=True)
    concluded_on = models.DateField("протокол заключён", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("внесено")

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        verbose_name = "мероприятие для родителей"
        constraints = [
            models.CheckConstraint(name="parent_event_kind_known", condition=Q(kind__in=EventKind.codes())),
            models.CheckConstraint(name="parent_event_state_known", condition=Q(state__in=EventState.codes())),
            models.CheckConstraint(name="parent_event_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="parent_event_times_in_order",
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="parent_event_concluded_has_number",
                condition=Q(concluded_on__isnull=True) | Q(number__isnull=False, state=EventState.HELD),
            ),
            models.UniqueConstraint(fields=["school", "year", "number"], name="parent_event_number_once"),
        ]
        indexes = [models.Index(fields=["school", "on"], name="parent_event_by_day")]

    def __str__(self) -> str:
        return f"{EventKind(self.kind).label} «{self.title}»"


class EventClass(models.Model):
    """A class that is invited."""

    event = models.ForeignKey(ParentEvent, on_delete=models.CASCADE, related_name="invited")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["school_class__grade", "school_class__letter"]
        verbose_name = "приглашённый класс"
        constraints = [models.UniqueConstraint(fields=["event", "school_class"], name="event_class_once")]

    def __str__(self) -> str:
        return str(self.school_class)


class EventMark(models.Model):
    """Who was there for a pupil: a guardian; without one somebody else, or nobody, as a person said (`came` False).

    Without a row nothing is known: that is no absence.
    """

    event = models.ForeignKey(ParentEvent, on_delete=models.CASCADE, related_name="marks")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    came = models.BooleanField("был(а)", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("отмечено")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "отметка о приходе родителя"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "pupil", "guardian"], nulls_distinct=False, name="event_mark_once"
            ),
            models.CheckConstraint(
                name="event_nobody_is_nobody", condition=Q(came=True) | Q(came=False, guardian__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["pupil"], name="event_mark_of_pupil")]

    def __str__(self) -> str:
        return "был(а)" if self.came else "никто не пришёл"


class EventDecision(models.Model):
    """What was decided: who answers for it (`responsible`, or in words `who`), until when.

    `kept_on`: when it was done.
    """

    event = models.ForeignKey(ParentEvent, on_delete=models.CASCADE, related_name="decisions")
    text = models.CharField("решение", max_length=500)
    responsible = models.ForeignKey(
        Staff, verbose_name="ответственный", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    who = models.CharField("ответственный не из школы", max_length=150, blank=True, default="")
    due = models.DateField("срок")
    kept_on = models.DateField("выполнено", null=True, blank=True)
    kept_note = models.CharField("что вышло", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")

    class Meta:
        ordering = ["pk"]
        verbose_name = "решение мероприятия для родителей"
        constraints = [
            models.CheckConstraint(name="event_decision_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="event_decision_has_responsible", condition=Q(responsible__isnull=False) | ~Q(who="")
            ),
        ]
        indexes = [models.Index(fields=["responsible", "due"], name="event_decision_waits")]

    def __str__(self) -> str:
        return self.text

    @property
    def answers(self) -> str:
        """Who answers for it."""
        return self.responsible.short_name if self.responsible is not None else self.who


class EventMaterial(models.Model):
    """What was shown or handed out: a file for good. One attached by mistake is taken away and stays in history."""

    event = models.ForeignKey(ParentEvent, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField("название", max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("приложено")
    removed_at = models.DateTimeField("убрано", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "материал мероприятия для родителей"

    def __str__(self) -> str:
        return self.title


class EventProtocol(models.Model):
    """The protocol as a person concluded it, frozen: it prints identically whatever changes later."""

    event = models.ForeignKey(ParentEvent, on_delete=models.CASCADE, related_name="protocols")
    version = models.PositiveIntegerField("версия")
    paper = models.JSONField("протокол")
    why = models.CharField("почему исправлен", max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("заключён")

    class Meta:
        ordering = ["version"]
        verbose_name = "протокол мероприятия для родителей"
        constraints = [models.UniqueConstraint(fields=["event", "version"], name="event_protocol_version_once")]

    def __str__(self) -> str:
        return f"версия {self.version}"


class EventStep(Step):
    """What was done with an event, by whom and when."""

    event = models.ForeignKey(ParentEvent, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=EventDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг мероприятия для родителей"
