"""Forms that were sent, so that none is carried out twice."""

from django.db import models

from school.models.users import User


class SentForm(models.Model):
    """The token of a form that one person sent; `location` is where its answer led."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="sent_form_once")]
        indexes = [models.Index(fields=["at"], name="sent_form_by_age")]

    def __str__(self) -> str:
        return self.token
