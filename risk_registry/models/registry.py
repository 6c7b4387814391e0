"""What the school decided on its pupils."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from common.models import Step
from risk_registry.categories import IN_REGISTRY, EntryState, Grounds
from risk_registry.models.about import AboutPupilsQuerySet
from risk_registry.models.judgements import Judged
from school.models import Period, Pupil, School, SchoolClass


class RegistryEntry(Judged):
    """A pupil in the registry of a period: proposed by the marks or by a person, decided by the school.

    Until it is approved or removed it follows the marks; after that only a person changes it. `version` grows with
    each change: who acts on an older one is told. `remark` is the comment of the return or the grounds of the removal.
    A `corrected` one has a category that a person chose over the marks': it does not follow them either.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="registry_entries")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="registry_entries")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=12, choices=EntryState.choices(), default=EntryState.PROPOSED)
    by_hand = models.BooleanField("включён решением человека", default=False)
    corrected = models.BooleanField("категория исправлена человеком", default=False)
    removal = models.CharField("основание исключения", max_length=8, choices=Grounds.choices(), blank=True, default="")
    remark = models.TextField("замечание или основание", blank=True, default="")
    version = models.PositiveIntegerField("версия", default=1)
    created_at = models.DateTimeField("предложен")
    changed_at = models.DateTimeField("изменён")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        verbose_name = "запись реестра"
        constraints = [
            models.UniqueConstraint(fields=["period", "pupil"], name="registry_entry_once"),
            models.CheckConstraint(name="registry_category_known", condition=Q(category__in=IN_REGISTRY)),
            models.CheckConstraint(name="registry_state_known", condition=Q(state__in=EntryState.codes())),
            models.CheckConstraint(
                name="registry_return_and_removal_say_why",
                condition=~Q(state__in=[EntryState.RETURNED, EntryState.REMOVED]) | ~Q(remark=""),
            ),
            models.CheckConstraint(
                name="registry_removal_has_grounds",
                condition=Q(state=EntryState.REMOVED, removal__in=Grounds.codes())
                | (~Q(state=EntryState.REMOVED) & Q(removal="")),
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="registry_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_category_display()}, {self.get_state_display()}"


class RegistryStep(Step):
    """A step of an entry's way: who, when, from which state to which, and why. Without a person: by the marks.

    `category` and `subjects` are those that the entry had after it: what the registry was on any day is read here.
    `deed` is a `workflow.Deed`, «include», or «marks».
    """

    entry = models.ForeignKey(RegistryEntry, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField("что сделано", max_length=8)
    category = models.CharField("категория", max_length=8)
    subjects = ArrayField(models.BigIntegerField(), verbose_name="предметы", default=list, blank=True)

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="registry_step_once")]
