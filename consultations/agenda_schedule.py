"""What the schedule of psychological help asks of the director and the deputy: approval, and again when it changed."""

from datetime import date

from django.urls import reverse

from consultations.models import ServiceHours
from consultations.permissions_schedule import approves_as
from consultations.reports.schedule import paper_of
from consultations.selectors.schedule import schedule_in_force, still_as_approved
from school.access import Viewer, access_of
from school.selectors import current_year_of
from school.shared import AgendaItem


def schedule_agenda(user: Viewer, day: date) -> list[AgendaItem]:
    """One item while hours stand that nobody approved. Five queries at most."""
    school = access_of(user).school
    if school is None or not approves_as(user):
        return []
    year = current_year_of(user)
    if year is None:
        return []
    url = reverse("schedule:page")
    found = schedule_in_force(school, year, day)
    if found is None:
        stand = ServiceHours.objects.filter(school=school, year=year, ends__gte=day).exists()
        return [AgendaItem("Утвердить график психологической помощи", url)] if stand else []
    changed = still_as_approved(found, paper_of(found).rows)
    if changed is None:
        return []
    return [AgendaItem("График психологической помощи изменён: утвердить заново", url, f"с {changed:%d.%m.%Y}")]
