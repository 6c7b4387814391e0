"""Pupils, guardians and staff. Names are three columns, so that documents can decline them."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from common.fields import russian_sort_key
from common.names import full_name, initials
from school.guardian_words import ContactWay, Telling
from school.models.organisation import School
from school.roles import Position


class Sex(models.TextChoices):
    """As contingent files state it."""

    MALE = "m", "мужской"
    FEMALE = "f", "женский"


class PersonName(models.Model):
    """Surname, first name and patronymic; each may be needed alone."""

    last_name = models.CharField("фамилия", max_length=100)
    first_name = models.CharField("имя", max_length=100)
    middle_name = models.CharField("отчество", max_length=100, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """«Ковтун Матвей Андреевич»."""
        return full_name(self.last_name, self.first_name, self.middle_name)

    @property
    def short_name(self) -> str:
        """«Ковтун М. А.» with unbreakable spaces."""
        return initials(self.last_name, self.first_name, self.middle_name)

    @property
    def list_name(self) -> str:
        """«Ковтун Матвей»: how lists name a pupil."""
        return full_name(self.last_name, self.first_name, "")


class PupilQuerySet(models.QuerySet["Pupil"]):
    """Reads of pupils; views begin with `school.access.pupils_for(user)`."""

    def enrolled_on(self, day: date) -> "PupilQuerySet":
        """Those who sit in some class on that day."""
        return self.filter(
            Q(enrolments__ends__isnull=True) | Q(enrolments__ends__gte=day), enrolments__starts__lte=day
        ).distinct()


class Pupil(PersonName):
    """A child of the school, present or former.

    `detached`: names of guardians whom a person has taken away; a file that names them brings them back no more.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="pupils")
    external_id = models.CharField("идентификатор в электронном журнале", max_length=64, blank=True, default="")
    sex = models.CharField("пол", max_length=1, choices=Sex.choices, blank=True, default="")
    birth_date = models.DateField("дата рождения", null=True, blank=True)
    detached = ArrayField(
        models.CharField(max_length=302), verbose_name="убранные представители", default=list, blank=True
    )
    sort_key = russian_sort_key("last_name", "first_name", "middle_name")

    objects = PupilQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "external_id"], condition=~Q(external_id=""), name="pupil_external_id_once"
            ),
        ]
        indexes = [models.Index(fields=["school", "sort_key"], name="pupil_by_name")]


class SocialRecord(models.Model):
    """Restricted: health and family facts, apart from the pupil so that no ordinary query meets them."""

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, primary_key=True, related_name="social_record")
    special_needs = models.BooleanField("ОВЗ", default=False)
    non_native_russian = models.BooleanField("русский язык неродной", default=False)

    def __str__(self) -> str:
        return f"Закрытые сведения № {self.pk}"


class Guardian(PersonName):
    """A parent or other lawful representative: one person, however many children.

    `phone` and `email` are the first ones, which files may bring; `more_contacts` are others, a line each. `by_hand`:
    contacts that a person wrote, so that no file writes over them. `also_named`: names under which files bring the
    same person.
    """

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="guardians")
    phone = models.CharField("телефон", max_length=40, blank=True, default="")
    email = models.EmailField("электронная почта", blank=True, default="")
    more_contacts = ArrayField(models.CharField(max_length=120), verbose_name="ещё контакты", default=list, blank=True)
    way = models.CharField("как лучше связаться", max_length=8, choices=ContactWay.choices, blank=True, default="")
    language = models.CharField("язык общения", max_length=40, blank=True, default="")
    interpreter = models.BooleanField("нужен переводчик", default=False)
    by_hand = ArrayField(models.CharField(max_length=8), verbose_name="записано вручную", default=list, blank=True)
    also_named = ArrayField(models.CharField(max_length=302), verbose_name="другие имена", default=list, blank=True)
    sort_key = russian_sort_key("last_name", "first_name", "middle_name")
    pupils = models.ManyToManyField(Pupil, through="Guardianship", related_name="guardians")

    class Meta:
        ordering = ["sort_key", "pk"]


class Guardianship(models.Model):
    """Whose guardian, what they are to the child, whether they live together, and what they may be told.

    A limit of `telling` holds from `telling_from` through `telling_until` (empty: always) and has a ground.
    """

    class Relation(models.TextChoices):
        """Words that schools use."""

        MOTHER = "mother", "мать"
        FATHER = "father", "отец"
        GUARDIAN = "guardian", "опекун"
        OTHER = "other", "законный представитель"

    guardian = models.ForeignKey(Guardian, on_delete=models.CASCADE, related_name="guardianships")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="guardianships")
    relation = models.CharField("кем приходится", max_length=16, choices=Relation.choices, default=Relation.OTHER)
    lives_with = models.BooleanField("живёт с ребёнком", null=True, blank=True)
    telling = models.CharField("что можно сообщать", max_length=8, choices=Telling.choices, default=Telling.ALL)
    telling_ground = models.CharField("основание", max_length=200, blank=True, default="")
    telling_from = models.DateField("действует с", null=True, blank=True)
    telling_until = models.DateField("действует по", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guardian", "pupil"], name="guardianship_once"),
            models.CheckConstraint(name="guardianship_telling_known", condition=Q(telling__in=Telling.values)),
            models.CheckConstraint(
                name="guardianship_limit_has_ground", condition=Q(telling=Telling.ALL) | ~Q(telling_ground="")
            ),
            models.CheckConstraint(
                name="guardianship_days_in_order",
                condition=Q(telling_from__isnull=True)
                | Q(telling_until__isnull=True)
                | Q(telling_from__lte=F("telling_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian}: {self.get_relation_display()}"

    def telling_on(self, day: date) -> Telling:
        """What this person may be told of the child on that day."""
        begun = self.telling_from is None or self.telling_from <= day
        lasting = self.telling_until is None or self.telling_until >= day
        return Telling(self.telling) if begun and lasting else Telling.ALL


class Staff(PersonName):
    """Somebody who works in the school. A login is issued apart, by a person."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="staff")
    email = models.EmailField("электронная почта", blank=True, default="")
    phone = models.CharField("телефон", max_length=40, blank=True, default="")
    left_on = models.DateField("последний рабочий день", null=True, blank=True)
    sort_key = russian_sort_key("last_name", "first_name", "middle_name")

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = "сотрудник"

    def __str__(self) -> str:
        return self.full_name


class StaffPosition(models.Model):
    """A position held from one day to another; no end means still held."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="positions")
    position = models.CharField("должность", max_length=32, choices=Position.choices)
    starts = models.DateField("с", null=True, blank=True)
    ends = models.DateField("по", null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "position"], condition=Q(ends__isnull=True), name="position_held_once"
            ),
            models.CheckConstraint(
                name="position_days_in_order",
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(starts__lte=F("ends")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_position_display()
