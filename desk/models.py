"""What a person sets up for themselves: how the agenda reaches them, which lists they open again and again."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Reminders(models.Model):
    """How the agenda reaches a person away from the pages. Of the calendar's secret only the hash is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="reminders"
    )
    digest = models.BooleanField("письмо по утрам", default=False)
    email = models.EmailField("куда", blank=True, default="")
    digest_on = models.DateField("последнее письмо", null=True, blank=True)
    calendar_hash = models.CharField("ключ календаря", max_length=64, null=True, blank=True, unique=True)
    calendar_made_at = models.DateTimeField("ключ выдан", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="digest_has_address", condition=Q(digest=False) | ~Q(email="")),
        ]

    def __str__(self) -> str:
        return f"{self.user}: напоминания"


class FilteredPage(models.TextChoices):
    """Lists whose filters may be kept."""

    REGISTRY = "registry:list", "Реестр"
    SIGNALS = "registry:signals", "Сигналы"
    PUPILS = "school:pupils", "Обучающиеся"


class SavedFilter(models.Model):
    """A list as a person filtered it, under a name of their own. Nobody else sees it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField("страница", max_length=32, choices=FilteredPage.choices)
    name = models.CharField("название", max_length=60)
    query = models.CharField("отбор", max_length=500)
    is_default = models.BooleanField("открывать сразу", default=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="saved_filter_named_once", fields=["user", "page", "name"]),
            models.UniqueConstraint(
                name="saved_filter_one_default", fields=["user", "page"], condition=Q(is_default=True)
            ),
            models.CheckConstraint(name="saved_filter_page", condition=Q(page__in=FilteredPage.values)),
        ]

    def __str__(self) -> str:
        return self.name
