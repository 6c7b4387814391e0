"""What the school decided on its pupils."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from common.models import Step
from risk_registry.categories import IN_REGISTRY, EntryState
from risk_registry.models.about import AboutPupilsQuerySet
from risk_registry.models.judgements import Judged
from school.models import Period, Pupil, School, SchoolClass


class RegistryEntry(Judged):
    """A pupil in the registry of a period: proposed by the marks or by a person, decided by the school.

    Until it is approved or removed it follows the marks; after that only a person changes it. `version` grows with
    each change: who acts on an older one is told. `remark` is the comment of the return or the grounds of the removal.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="registry_entries")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="registry_entries")
    school_class = models.ForeignKey(SchoolClass, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=12, choices=EntryState.choices(), default=EntryState.PROPOSED)
    by_hand = models.BooleanField("включён решением человека", default=False)
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
        ]
        indexes = [models.Index(fields=["period", "state"], name="registry_by_state")]

    def __str__(self) -> str:
        return f"{self.pupil}: {self.get_category_display()}, {self.get_state_display()}"


class RegistryStep(Step):
    """A step of an entry's way: who, when, from which state to which, and why. Without a person: by the marks."""

    entry = models.ForeignKey(RegistryEntry, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        constraints = [models.UniqueConstraint(fields=["entry", "version"], name="registry_step_once")]
