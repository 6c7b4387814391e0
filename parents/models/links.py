"""Personal links: one opens one matter of one child, for as long as it is meant to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from iom.models import Route
from parents.models.notices import Notice
from parents.words import Matter
from risk_registry.models import AboutPupilsQuerySet
from school.models import Guardian, Pupil, School, Staff


class PersonalLink(models.Model):
    """A link without an account. Its secret is kept only as a hash: whoever reads the table cannot open it.

    Exactly what the matter needs is filled: a notice, a route, or the colleague with whom a time is to be chosen.
    `asks_birth`: the child's date of birth is asked first; `tries` counts wrong answers.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="personal_links")
    guardian = models.ForeignKey(
        Guardian, verbose_name="кому", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    matter = models.CharField("дело", max_length=8, choices=Matter.choices())
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    hash = models.CharField("хеш", max_length=64, unique=True)
    asks_birth = models.BooleanField("спрашивать дату рождения ребёнка", default=True)
    tries = models.PositiveSmallIntegerField("неверных ответов", default=0)
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("ответ получен", null=True, blank=True)
    withdrawn_at = models.DateTimeField("отозвана", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("выдана")

    objects = AboutPupilsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "личная ссылка"
        constraints = [
            models.CheckConstraint(
                name="link_opens_one_matter",
                condition=Q(matter=Matter.NOTICE, notice__isnull=False, route__isnull=True, staff__isnull=True)
                | Q(matter=Matter.ROUTE, notice__isnull=True, route__isnull=False, staff__isnull=True)
                | Q(matter=Matter.TIME, notice__isnull=True, route__isnull=True, staff__isnull=False),
            ),
            models.CheckConstraint(name="link_expires_later", condition=Q(expires_at__gt=F("at"))),
            models.CheckConstraint(
                name="link_withdrawn_by_and_when",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["pupil", "at"], name="link_of_pupil")]

    def __str__(self) -> str:
        return f"{self.get_matter_display()}, до {self.expires_at:%d.%m.%Y}"


class LinkOpening(models.Model):
    """What happened at a link: opened, refused with the reason, answered. Rows are only added."""

    link = models.ForeignKey(PersonalLink, on_delete=models.CASCADE, related_name="openings")
    what = models.CharField("что", max_length=16)
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        ordering = ["-pk"]
        verbose_name = "обращение к личной ссылке"

    def __str__(self) -> str:
        return self.what
