"""Logins. A person of the school has at most one; what it may see follows from their duties."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q

from school.models.organisation import Municipality, School
from school.models.people import Staff


class UserManager(BaseUserManager["User"]):
    """Creates logins with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Save a new login; without a password nobody can log in with it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A login of a school's person, of a municipality's coordinator, or of an administrator."""

    username = models.CharField(
        "логин",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Такой логин уже есть."},
    )
    email = models.EmailField("электронная почта", blank=True, default="")
    school = models.ForeignKey(School, on_delete=models.CASCADE, null=True, blank=True, related_name="users")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, blank=True, related_name="coordinators"
    )
    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, null=True, blank=True, related_name="user")
    is_administrator = models.BooleanField("администратор", default=False)
    is_active = models.BooleanField("действует", default=True)
    must_change_password = models.BooleanField("сменить пароль при входе", default=False)
    date_joined = models.DateTimeField("создан", auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["username"]
        verbose_name = "логин"
        constraints = [
            models.CheckConstraint(
                name="user_of_school_or_municipality",
                condition=Q(school__isnull=True) | Q(municipality__isnull=True),
            ),
            models.CheckConstraint(
                name="user_staff_has_school", condition=Q(staff__isnull=True) | Q(school__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """«Ермолаева С. В.», or the login where there is no person behind it."""
        return self.staff.short_name if self.staff is not None else self.username
