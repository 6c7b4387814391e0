"""Meetings of a specialist with pupils, parents or colleagues: when, where, with whom, what became of them.

Never what was said: that is kept apart (confidential notes). The database keeps a specialist, a room and a pupil from
being in two places at once. A pupil's row repeats the day, the times and the state of its meeting: a compound key with
ON UPDATE CASCADE keeps them equal, whoever writes.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper

from common.models import Step
from consultations.words import TAKES_TIME, MeetingDeed, MeetingKind, MeetingState, UrgentGround, WhyCancelled
from risk_registry.models import AboutPupilsQuerySet
from school.access import Viewer, access_of, pupils_for
from school.models import AcademicYear, Consent, Guardian, Pupil, School, Staff
from school.models.timetable import TimeSpan, span_words

_TAKES_TIME = Q(state__in=[state.value for state in TAKES_TIME])


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Meetings; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "AppointmentQuerySet":
        """One's own, those of visible pupils, all for whoever sees the whole school. Never what was said there."""
        access = access_of(user)
        if access.school is None:
            return self.none()
        own = self.filter(school=access.school)
        if access.whole_school or access.staff is None:
            return own if access.whole_school else own.none()
        pupils = pupils_for(user).order_by().values("pk")
        about = AppointmentPupil.objects.filter(appointment=OuterRef("pk"), pupil__in=pupils)
        return own.filter(Q(specialist=access.staff) | Q(colleague=access.staff) | Exists(about))

    def taking_time(self) -> "AppointmentQuerySet":
        """Planned and held."""
        return self.filter(_TAKES_TIME)


class Appointment(models.Model):
    """One meeting. `colleague`: the teacher whom a meeting of the kind `STAFF` is with.

    `off_hours`: the specialist chose a time outside of the own hours; nobody is asked to move it.

    `occasion` is shown to everybody who sees the meeting, so it says no more than what it is about in the school's
    words («по направлению учителя»); empty for most.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    specialist = models.ForeignKey(
        Staff, verbose_name="специалист", on_delete=models.PROTECT, related_name="appointments"
    )
    colleague = models.ForeignKey(
        Staff, verbose_name="педагог", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField("вид", max_length=8, choices=MeetingKind.choices())
    on = models.DateField("день")
    time_from = models.TimeField("начало")
    time_to = models.TimeField("конец")
    room = models.CharField("кабинет", max_length=20, blank=True, default="")
    occasion = models.CharField("повод", max_length=200, blank=True, default="")
    state = models.CharField("состояние", max_length=8, choices=MeetingState.choices(), default=MeetingState.PLANNED)
    why = models.CharField("почему отменена", max_length=8, choices=WhyCancelled.choices(), blank=True, default="")
    off_hours = models.BooleanField("вне часов приёма", default=False)
    version = models.PositiveIntegerField(default=0)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField("записана")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["on", "time_from", "pk"]
        verbose_name = "встреча со специалистом"
        constraints = [
            models.CheckConstraint(name="appointment_kind_known", condition=Q(kind__in=MeetingKind.codes())),
            models.CheckConstraint(name="appointment_state_known", condition=Q(state__in=MeetingState.codes())),
            models.CheckConstraint(name="appointment_times_in_order", condition=Q(time_from__lt=F("time_to"))),
            models.CheckConstraint(
                name="appointment_cancelled_says_why",
                condition=Q(state=MeetingState.CANCELLED, why__in=WhyCancelled.codes())
                | (~Q(state=MeetingState.CANCELLED) & Q(why="")),
            ),
            models.CheckConstraint(
                name="appointment_colleague_for_staff",
                condition=Q(kind=MeetingKind.STAFF, colleague__isnull=False)
                | (~Q(kind=MeetingKind.STAFF) & Q(colleague__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["id", "on", "time_from", "time_to", "state"], name="appointment_place_and_state"
            ),
            ExclusionConstraint(
                name="appointment_specialist_once",
                expressions=[
                    ("specialist", RangeOperators.EQUAL),
                    ("on", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                ],
                condition=_TAKES_TIME,
            ),
            ExclusionConstraint(
                name="appointment_room_once",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (Upper("room"), RangeOperators.EQUAL),
                    ("on", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                ],
                condition=_TAKES_TIME & ~Q(room=""),
            ),
        ]
        indexes = [models.Index(fields=["school", "year", "on"], name="appointment_by_day")]

    def __str__(self) -> str:
        return f"встреча {self.on:%d.%m.%Y} {self.time_words}"

    @property
    def time_words(self) -> str:
        """«14:00–14:40»."""
        return span_words(self.time_from, self.time_to)


class AppointmentPupilQuerySet(AboutPupilsQuerySet["AppointmentPupil"]):
    """Who takes part in meetings."""

    def visible_to(self, user: Viewer) -> "AppointmentPupilQuerySet":
        """Of visible pupils, and of one's own meetings: a specialist knows who comes."""
        access = access_of(user)
        known = Q(pupil__in=pupils_for(user).order_by().values("pk"))
        return self.filter(known if access.staff is None else known | Q(appointment__specialist=access.staff))


class AppointmentPupil(models.Model):
    """Whom a meeting is about. `present`: the pupil takes part; otherwise a guardian does, `guardian` if known.

    `consent` is the paper under which the pupil was booked. The day, the times and the state are the meeting's: the
    database keeps them so.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="appointments")
    present = models.BooleanField("обучающийся участвует", default=True)
    guardian = models.ForeignKey(
        Guardian, verbose_name="представитель", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    consent = models.ForeignKey(
        Consent, verbose_name="согласие", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    came = models.BooleanField("был на встрече", null=True, blank=True)
    on = models.DateField("день")
    time_from = models.TimeField("начало")
    time_to = models.TimeField("конец")
    state = models.CharField("состояние", max_length=8, choices=MeetingState.choices())

    objects = AppointmentPupilQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "участник встречи"
        constraints = [
            models.UniqueConstraint(fields=["appointment", "pupil"], name="appointment_pupil_once_in_it"),
            ExclusionConstraint(
                name="appointment_pupil_once",
                expressions=[
                    ("pupil", RangeOperators.EQUAL),
                    ("on", RangeOperators.EQUAL),
                    (TimeSpan("time_from", "time_to"), RangeOperators.OVERLAPS),
                ],
                condition=_TAKES_TIME & Q(present=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.appointment}"


class AppointmentStep(Step):
    """What was done with a meeting, by whom and when; `comment` tells a move («с 03.09.2026 14:00»)."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=MeetingDeed.choices())

    class Meta(Step.Meta):
        verbose_name = "шаг встречи"


class WordlessManager(models.Manager["UrgentGrounds"]):
    """An ordinary read does not fetch the words."""

    def get_queryset(self) -> models.QuerySet["UrgentGrounds"]:
        """Everything but the words."""
        return super().get_queryset().defer("words")


class UrgentGrounds(models.Model):
    """Why a pupil was met without the parents' consent. The words are confidential: kept out of history and lists,
    read by `selectors/urgent_words.py` alone.

    `seen_by` of the service's head has taken note of it.
    """

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="urgent")
    ground = models.CharField("основание", max_length=8, choices=UrgentGround.choices())
    words = models.CharField("обстоятельства", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField("принято к сведению", null=True, blank=True)

    objects = WordlessManager()

    class Meta:
        verbose_name = "основание срочной встречи"
        constraints = [
            models.CheckConstraint(name="urgent_ground_known", condition=Q(ground__in=UrgentGround.codes())),
            models.CheckConstraint(name="urgent_words_written", condition=~Q(words="")),
            models.CheckConstraint(
                name="urgent_seen_by_and_when",
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_ground_display()
