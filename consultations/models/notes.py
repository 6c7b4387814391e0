"""Confidential notes. That a note stands, and its words, are different tables (docs/decisions/0032-notes.md).

`NoteText` and `NoteRevision` are named by those who write notes and by the one selector that logs, and by nobody else:
tests/consultations/test_notes_by_construction.py.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from consultations.models.meetings import Appointment
from consultations.permissions_talks import talk_scope
from consultations.talk_words import NoteRule, WhyTakenBack
from school.access import Viewer
from school.models import AcademicYear, Pupil, School, Staff


class NoteRuleChange(models.Model):
    """The service's rule of notes from a day on, with its reason: rows are added, the last one holds."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField("кто читает", max_length=8, choices=NoteRule.choices())
    why = models.CharField("основание", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "правило заметок службы"
        constraints = [
            models.CheckConstraint(name="note_rule_known", condition=Q(rule__in=NoteRule.codes())),
            models.CheckConstraint(name="note_rule_says_why", condition=~Q(why="")),
        ]

    def __str__(self) -> str:
        return self.get_rule_display()


class NoteQuerySet(models.QuerySet["ConfidentialNote"]):
    """That notes stand. Their words are not here."""

    def visible_to(self, user: Viewer) -> "NoteQuerySet":
        """All of the school for the service, a speech therapist the own ones; nobody else knows that there are any."""
        scope = talk_scope(user)
        if not scope.service:
            return self.none()
        own = self.filter(school=scope.school)
        return own if scope.whole else own.filter(author=scope.staff)


class ConfidentialNote(models.Model):
    """That somebody of the service has written a note: on a meeting, on a pupil, or on a pupil at a meeting.

    `rule` is the service's rule on the day of writing: a rule that was made wider later does not open older notes.
    A note that was taken back stays, unread in lists.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    year = models.ForeignKey(AcademicYear, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(Staff, verbose_name="автор", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField("кто читает", max_length=8, choices=NoteRule.choices(), default=NoteRule.AUTHOR)
    on = models.DateField("за какой день")
    at = models.DateTimeField("записана")
    version = models.PositiveIntegerField("версия", default=1)
    edited_at = models.DateTimeField("исправлена", null=True, blank=True)
    taken_back_at = models.DateTimeField("отозвана", null=True, blank=True)
    taken_back_why = models.CharField(
        "почему отозвана", max_length=10, choices=WhyTakenBack.choices(), blank=True, default=""
    )

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "запись службы"
        constraints = [
            models.CheckConstraint(
                name="note_on_something", condition=Q(pupil__isnull=False) | Q(appointment__isnull=False)
            ),
            models.CheckConstraint(name="note_written_under_rule", condition=Q(rule__in=NoteRule.codes())),
            models.CheckConstraint(
                name="note_taken_back_says_why",
                condition=Q(taken_back_at__isnull=True, taken_back_why="")
                | Q(taken_back_at__isnull=False, taken_back_why__in=WhyTakenBack.codes()),
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "on"], name="note_of_pupil"),
            models.Index(fields=["author", "on"], name="note_of_author"),
        ]

    def __str__(self) -> str:
        return "конфиденциальная заметка"


class NoteText(models.Model):
    """The words of a note. Read by `selectors/note_words.py` alone."""

    note = models.OneToOneField(ConfidentialNote, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField("текст")

    class Meta:
        verbose_name = "текст записи службы"
        constraints = [models.CheckConstraint(name="note_text_written", condition=~Q(words=""))]

    def __str__(self) -> str:
        return "текст скрыт"

    def __repr__(self) -> str:
        return "<NoteText: скрыт>"


class NoteRevision(models.Model):
    """What a note said before it was corrected: as confidential as the note."""

    note = models.ForeignKey(ConfidentialNote, on_delete=models.CASCADE, related_name="+")
    words = models.TextField("прежний текст")
    at = models.DateTimeField("заменён")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "прежний текст записи службы"

    def __str__(self) -> str:
        return "текст скрыт"

    def __repr__(self) -> str:
        return "<NoteRevision: скрыт>"


class NoteShare(models.Model):
    """A colleague of the service whom the author named: for one note, or for all own notes on a pupil (a case)."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(ConfidentialNote, on_delete=models.CASCADE, null=True, blank=True, related_name="shares")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    colleague = models.ForeignKey(Staff, verbose_name="коллега", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("с")
    ended_at = models.DateTimeField("по", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "коллега, допущенный к записи службы"
        constraints = [
            models.CheckConstraint(name="note_share_of_one", condition=Q(note__isnull=True) ^ Q(pupil__isnull=True)),
            models.UniqueConstraint(
                fields=["author", "note", "pupil", "colleague"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="note_shared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"допуск: {self.colleague_id}"


class NoteOpening(models.Model):
    """Break-glass: the head of the service opens a note, or all notes on a pupil, with grounds, for a day.

    Insert-only. `at` is the database's own moment; the opening lasts `rules.notes.OPEN_FOR` from it.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    note = models.ForeignKey(ConfidentialNote, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    grounds = models.CharField("основание", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = "вскрытие записи службы"
        constraints = [
            models.CheckConstraint(name="note_opening_of_one", condition=Q(note__isnull=True) ^ Q(pupil__isnull=True)),
            models.CheckConstraint(name="note_opening_has_grounds", condition=~Q(grounds="")),
        ]

    def __str__(self) -> str:
        return "вскрытие записи службы"


class NoteOpeningSeen(models.Model):
    """An author knows that their notes were opened. Insert-only."""

    opening = models.ForeignKey(NoteOpening, on_delete=models.PROTECT, related_name="seen")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = "ознакомление со вскрытием"
        constraints = [models.UniqueConstraint(fields=["opening", "by"], name="note_opening_seen_once")]

    def __str__(self) -> str:
        return "ознакомление со вскрытием"


class NoteReading(models.Model):
    """Somebody was shown the words of a note; `opening` when it was by breaking the glass. Insert-only."""

    note = models.ForeignKey(ConfidentialNote, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey(NoteOpening, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = "чтение записи службы"

    def __str__(self) -> str:
        return "чтение записи службы"
