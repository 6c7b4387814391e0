"""When people were last at work here."""

from django.db import models

from school.models.users import User


class Visit(models.Model):
    """The moment, on the school's clock, at which a person last asked for a page. One row a login."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="visit")
    seen_at = models.DateTimeField("последний раз здесь")

    def __str__(self) -> str:
        return f"{self.user}: {self.seen_at:%d.%m.%Y %H:%M}"
