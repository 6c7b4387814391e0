"""Activities of a roadmap, the deeds that their terms ask for, what shows that they were held."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from common.models import Step
from documents.models import StoredFile
from roadmaps.models.roadmap import Direction, Roadmap
from roadmaps.words import EvidenceKind, Expected, OccurrenceDeed, OccurrenceState, TermKind
from school.models import Staff


class Activity(models.Model):
    """A row of the roadmap. The term is kept twice: its words (`term_text`, printed) and its structure.

    `duties` are codes of `words.Duty`; with `people` named those answer, and no others. `origin`: the row of the
    shipped catalogue it came from. What was taken out of an approved roadmap stays, with the reason.
    """

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="activities")
    direction = models.ForeignKey(
        Direction, verbose_name="направление", on_delete=models.PROTECT, related_name="activities"
    )
    number = models.PositiveSmallIntegerField("номер")
    title = models.CharField("мероприятие", max_length=600)
    form = models.CharField("форма", max_length=120, blank=True, default="")
    term_text = models.CharField("срок", max_length=200)
    term_kind = models.CharField("вид срока", max_length=12, choices=TermKind.choices())
    term = models.JSONField("срок по частям", default=dict, blank=True)
    duties = ArrayField(models.CharField(max_length=24), verbose_name="ответственные", default=list, blank=True)
    people = models.ManyToManyField(Staff, verbose_name="поимённо", blank=True, related_name="+")
    others = models.CharField("кто ещё отвечает", max_length=200, blank=True, default="")
    contingent = models.CharField("контингент", max_length=200, blank=True, default="")
    venue = models.CharField("место проведения", max_length=200, blank=True, default="")
    result = models.CharField("ожидаемый результат", max_length=300, blank=True, default="")
    expected = models.CharField("вид документа", max_length=24, choices=Expected.choices(), blank=True, default="")
    with_specialists = models.BooleanField("с участием специалистов", default=False)
    with_point = models.BooleanField("с ресурсами «Точки роста»", default=False)
    origin = models.PositiveSmallIntegerField(null=True, blank=True)
    removed_on = models.DateField("исключено", null=True, blank=True)
    removed_why = models.CharField("почему исключено", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["direction__number", "number"]
        verbose_name = "мероприятие дорожной карты"
        constraints = [
            models.CheckConstraint(name="activity_term_known", condition=Q(term_kind__in=TermKind.codes())),
            models.CheckConstraint(name="activity_has_title", condition=~Q(title="") & ~Q(term_text="")),
            models.CheckConstraint(
                name="activity_expected_known", condition=Q(expected="") | Q(expected__in=Expected.codes())
            ),
            models.CheckConstraint(
                name="activity_removed_says_why",
                condition=Q(removed_on__isnull=True, removed_why="")
                | (Q(removed_on__isnull=False) & ~Q(removed_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Occurrence(models.Model):
    """One deed of an activity: when it is due, what became of it.

    `key` is the slot of the term that asks for it (`rules.terms.Slot`); empty for what was held without a term and
    written down then. `starts` and `ends` are the days that hold now, `first_ends` what was planned at first.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="occurrences")
    key = models.CharField(max_length=24, blank=True, default="")
    title = models.CharField("за что", max_length=60, blank=True, default="")
    starts = models.DateField("с")
    ends = models.DateField("срок")
    first_ends = models.DateField("первоначальный срок")
    state = models.CharField(
        "состояние", max_length=10, choices=OccurrenceState.choices(), default=OccurrenceState.PLANNED
    )
    held_on = models.DateField("проведено", null=True, blank=True)
    note = models.CharField("что сделано или почему", max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["ends", "pk"]
        verbose_name = "проведение мероприятия"
        constraints = [
            models.UniqueConstraint(fields=["activity", "key"], condition=~Q(key=""), name="occurrence_once"),
            models.CheckConstraint(name="occurrence_state_known", condition=Q(state__in=OccurrenceState.codes())),
            models.CheckConstraint(name="occurrence_days_in_order", condition=Q(starts__lte=F("ends"))),
            models.CheckConstraint(
                name="occurrence_held_has_day",
                condition=Q(state="held", held_on__isnull=False) | (~Q(state="held") & Q(held_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="occurrence_grounds", condition=~Q(state__in=["moved", "cancelled"]) | ~Q(note="")
            ),
        ]
        indexes = [models.Index(fields=["activity", "state", "ends"], name="occurrence_by_term")]

    def __str__(self) -> str:
        return self.title


class OccurrenceStep(Step):
    """What a person did with an occurrence; `was` and `becomes` are the terms when it was moved."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=8, choices=OccurrenceDeed.choices())
    was = models.DateField("прежний срок", null=True, blank=True)
    becomes = models.DateField("новый срок", null=True, blank=True)

    class Meta(Step.Meta):
        verbose_name = "шаг мероприятия"


class Evidence(models.Model):
    """What shows that it was held: a file or an address. What was added by mistake is withdrawn and stays."""

    occurrence = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField("вид", max_length=10, choices=EvidenceKind.choices())
    title = models.CharField("название", max_length=150)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField("адрес", max_length=400, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("добавлено")
    withdrawn_at = models.DateTimeField("снято", null=True, blank=True)
    withdrawn_why = models.CharField("почему снято", max_length=300, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        verbose_name = "подтверждение мероприятия"
        constraints = [
            models.CheckConstraint(name="evidence_kind_known", condition=Q(kind__in=EvidenceKind.codes())),
            models.CheckConstraint(
                name="evidence_file_or_address",
                condition=(Q(kind="link", file__isnull=True) & ~Q(url=""))
                | (~Q(kind="link") & Q(file__isnull=False, url="")),
            ),
            models.CheckConstraint(
                name="evidence_withdrawn_says_why",
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
