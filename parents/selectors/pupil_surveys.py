"""What surveys add to the story of a pupil: that there was an answer, never what it says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from parents.models import SurveySheet
from parents.survey_words import Audience
from school.models import Pupil
from school.shared import TimelineItem

_WHO = {
    Audience.PUPIL: "ответы читают классный руководитель и психологи",
    Audience.TEACHER: "классный руководитель ответил о причинах",
}


def sheets_told() -> ArraySubquery:
    """Standing answers of the pupil of the outer query, for `survey_items`."""
    rows = SurveySheet.objects.filter(pupil=OuterRef("pk"), withdrawn_at__isnull=True).order_by("on", "pk")
    names = {"on": "on", "title": "campaign__version__title", "who": "campaign__version__questionnaire__audience"}
    return ArraySubquery(rows.values(told=JSONObject(**names)))


def survey_items(pupil: Pupil) -> list[TimelineItem]:
    """Of a pupil annotated with `sheets_told`. No query."""
    told: list[Mapping[str, Any]] = getattr(pupil, "sheets_told", [])
    return [
        TimelineItem(
            date.fromisoformat(one["on"]), "other", "Анкета:", f"«{one['title']}», {_WHO[Audience(one['who'])]}"
        )
        for one in told
    ]
