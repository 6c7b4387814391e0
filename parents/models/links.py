"""Personal links: one opens one matter of one child, for as long as it is meant to (docs/decisions/0035)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from consultations.models import Appointment
from iom.models import Route
from parents.models.notices import Notice
from parents.words import LinkAnswer, LinkEvent, Matter
from school.access import Viewer, pupils_for
from school.models import Guardian, Pupil, School, Staff


def _both(*names: str) -> Q:
    return Q(**{f"{name}__isnull": False for name in names})


class LinkRules(models.Model):
    """How a school makes its links: for how many days, and whether the child's date of birth is asked."""

    school = models.OneToOneField(School, on_delete=models.CASCADE, primary_key=True, related_name="link_rules")
    asks_birth = models.BooleanField("спрашивать дату рождения ребёнка", default=True)
    days = models.PositiveSmallIntegerField("сколько дней действует ссылка", default=14)

    class Meta:
        verbose_name = "правила личных ссылок"
        constraints = [models.CheckConstraint(name="link_days_sensible", condition=Q(days__gte=1, days__lte=60))]

    def __str__(self) -> str:
        return f"{self.days} дн."


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    """Links; every read that a person asked for begins with `visible_to`."""

    def visible_to(self, user: Viewer) -> "PersonalLinkQuerySet":
        """Of visible pupils; those about a route that the person may not see are left out."""
        routes = Route.objects.visible_to(user).order_by().values("pk")
        mine = self.filter(pupil__in=pupils_for(user).order_by().values("pk"))
        return mine.filter(Q(route__isnull=True) | Q(route__in=routes))


class PersonalLink(models.Model):
    """A link without an account. Its secret is kept only as a hash: whoever reads the table cannot open it.

    Exactly what the matter needs is filled: a notice, a route, the specialist with whom a time is chosen, or `times` at
    which a talk is offered. `asks_birth`: the child's date of birth is asked first; `tries` counts wrong ones.
    `answer`, `comment`, `chosen`: what the parents answered, their words, the time that they chose; `noted_at`: a
    person of the school has taken note. `letter_due_at`, `letter_sent_at`: it is to leave by e-mail then, it has left.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="personal_links")
    guardian = models.ForeignKey(
        Guardian, verbose_name="кому", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    matter = models.CharField("дело", max_length=8, choices=Matter.choices())
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="links")
    route = models.ForeignKey(Route, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    staff = models.ForeignKey(
        Staff, verbose_name="специалист", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    times = ArrayField(models.DateTimeField(), verbose_name="предложенное время", default=list, blank=True)
    place = models.CharField("где", max_length=100, blank=True, default="")
    words = models.CharField("о чём", max_length=300, blank=True, default="")
    hash = models.CharField("хеш", max_length=64, unique=True)
    asks_birth = models.BooleanField("спрашивать дату рождения ребёнка", default=True)
    tries = models.PositiveSmallIntegerField("неверных ответов", default=0)
    expires_at = models.DateTimeField("действует до")
    opened_at = models.DateTimeField("впервые открыта", null=True, blank=True)
    answer = models.CharField("ответ", max_length=8, choices=LinkAnswer.choices(), blank=True, default="")
    comment = models.CharField("слова родителей", max_length=500, blank=True, default="")
    chosen = models.DateTimeField("выбранное время", null=True, blank=True)
    meeting = models.ForeignKey(Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("ответ получен", null=True, blank=True)
    noted_at = models.DateTimeField("принято к сведению", null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("отозвана", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    letter_due_at = models.DateTimeField("отправить письмом", null=True, blank=True)
    letter_tries = models.PositiveSmallIntegerField("попыток отправить", default=0)
    letter_sent_at = models.DateTimeField("письмо отправлено", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("выдана")

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "личная ссылка"
        constraints = [
            models.CheckConstraint(
                name="link_opens_one_matter",
                condition=Q(matter=Matter.NOTICE, notice__isnull=False, route=None, staff=None, times=[])
                | Q(matter=Matter.ROUTE, notice=None, route__isnull=False, staff=None, times=[])
                | Q(matter=Matter.TIME, notice=None, route=None, staff__isnull=False, times=[])
                | (Q(matter=Matter.TALK, notice=None, route=None, staff=None) & ~Q(times=[])),
            ),
            models.CheckConstraint(name="link_expires_later", condition=Q(expires_at__gt=F("at"))),
            models.CheckConstraint(name="link_answer_known", condition=Q(answer="") | Q(answer__in=LinkAnswer.codes())),
            models.CheckConstraint(name="link_answered_when", condition=Q(answer="") ^ Q(answered_at__isnull=False)),
            models.CheckConstraint(
                name="link_noted_by_and_when", condition=Q(noted_at=None, noted_by=None) | _both("noted_at", "noted_by")
            ),
            models.CheckConstraint(
                name="link_withdrawn_by_and_when",
                condition=Q(withdrawn_at=None, withdrawn_by=None) | _both("withdrawn_at", "withdrawn_by"),
            ),
        ]
        indexes = [
            models.Index(fields=["pupil", "at"], name="link_of_pupil"),
            models.Index(fields=["by", "noted_at"], name="link_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.get_matter_display()}, до {self.expires_at:%d.%m.%Y}"


class LinkOpening(models.Model):
    """What happened at a link, and when; nothing of the computer that it came from. Rows are only added."""

    link = models.ForeignKey(PersonalLink, on_delete=models.PROTECT, related_name="openings")
    what = models.CharField("что", max_length=8, choices=LinkEvent.choices())
    at = models.DateTimeField("когда", db_default=Now())

    class Meta:
        ordering = ["-pk"]
        verbose_name = "обращение к личной ссылке"

    def __str__(self) -> str:
        return self.get_what_display()
