"""The journal of individual work: entries, the pupils of each, comments, what an edit changed."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from iom.models.plans import Gap, GapControl
from iom.work_words import Outcome, WorkWay
from risk_registry.models import AboutPupilsQuerySet
from school.access import Viewer
from school.models import AcademicYear, Pupil, School, Subject


class WorkEntryQuerySet(models.QuerySet["WorkEntry"]):
    """Entries; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "WorkEntryQuerySet":
        """Entries with at least one pupil whom this person may see; the others of an entry stay hidden from them."""
        seen = WorkEntryPupil.objects.visible_to(user).filter(entry=OuterRef("pk"))
        return self.filter(Exists(seen))

    def standing(self) -> "WorkEntryQuerySet":
        """Those that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class WorkEntry(models.Model):
    """One piece of individual work, with one pupil or several. Never demanded of anybody.

    `edited_at`: changed after the day on which it was written (`edits` tell what was). `version` grows with each
    change. What was written by mistake is withdrawn, with the reason, and stays.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey(
        Subject, verbose_name="предмет", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    on = models.DateField("когда")
    form = models.CharField("форма", max_length=8, choices=WorkWay.choices(), blank=True, default="")
    minutes = models.PositiveSmallIntegerField("минут", null=True, blank=True)
    topic = models.CharField("тема", max_length=200, blank=True, default="")
    content = models.CharField("содержание", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("записано")
    edited_at = models.DateTimeField("изменено", null=True, blank=True)
    version = models.PositiveIntegerField("версия", default=1)
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_why = models.CharField("почему снято", max_length=300, blank=True, default="")

    objects = WorkEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "запись индивидуальной работы"
        constraints = [
            models.CheckConstraint(name="work_says_what", condition=~Q(topic="") | ~Q(content="")),
            models.CheckConstraint(name="work_form_known", condition=Q(form="") | Q(form__in=WorkWay.codes())),
            models.CheckConstraint(
                name="work_minutes_likely", condition=Q(minutes__isnull=True) | Q(minutes__range=(1, 600))
            ),
            models.CheckConstraint(
                name="work_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]
        indexes = [
            models.Index(fields=["school", "on"], name="work_by_day"),
            models.Index(fields=["by", "on"], name="work_by_teacher"),
        ]

    def __str__(self) -> str:
        return self.topic or self.content

    @property
    def led_by(self) -> str:
        """Who worked: of an extra lesson whoever gave it, though another person recorded it; else the author."""
        lesson = getattr(self, "extra_session", None)
        return self.by.display_name if lesson is None else (lesson.staff or lesson.group.teacher).short_name

    @property
    def told(self) -> bool:
        """Whether anything was said of how it went, of the pupils whom a list has read into `seen`."""
        seen: list[WorkEntryPupil] = getattr(self, "seen", [])
        return any(line.outcome or line.result or line.mark for line in seen)


class WorkEntryPupil(models.Model):
    """One pupil of an entry: the gap that was worked on, how it went, the mark of the repeat control.

    With a gap the mark is its control (`control`), which closes the gap when it reached the target.
    """

    entry = models.ForeignKey(WorkEntry, on_delete=models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="works")
    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, null=True, blank=True, related_name="works")
    outcome = models.CharField("результат", max_length=8, choices=Outcome.choices(), blank=True, default="")
    result = models.CharField("коротко", max_length=200, blank=True, default="")
    mark = models.CharField("отметка повторного контроля", max_length=10, blank=True, default="")
    control = models.OneToOneField(
        GapControl, on_delete=models.PROTECT, null=True, blank=True, related_name="work_entry"
    )

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["pupil__sort_key", "pk"]
        verbose_name = "ученик записи индивидуальной работы"
        constraints = [
            models.UniqueConstraint(fields=["entry", "pupil"], name="work_pupil_once"),
            models.CheckConstraint(name="work_outcome_known", condition=Q(outcome="") | Q(outcome__in=Outcome.codes())),
        ]
        indexes = [models.Index(fields=["pupil", "entry"], name="work_of_pupil")]

    def __str__(self) -> str:
        return str(self.pupil)
