"""Indicator 24: the share of parents who are satisfied with the school's prevention work, with its source.

The passport of the program, indicator 24: numerator, answers «удовлетворён» of an anonymous questionnaire; denominator,
all answers of the questionnaire (to this question).
"""

from dataclasses import dataclass
from datetime import date

from parents.models import SurveyCampaign
from parents.reports.surveys import survey_report
from parents.rules.survey_results import Satisfied
from parents.survey_words import Audience, CampaignState
from school.models import School

CODE = "P24"


@dataclass(frozen=True)
class SatisfactionSource:
    """One closed survey that was counted; `key` opens its results."""

    key: int
    title: str
    closed_on: date | None
    invited: int
    told: Satisfied


@dataclass(frozen=True)
class SatisfactionShare:
    """The indicator: sums of the surveys, each beside it; `why_none` says why there is no number."""

    numerator: int
    denominator: int
    sources: tuple[SatisfactionSource, ...]
    why_none: str = ""

    @property
    def value(self) -> float | None:
        """Percents, None where nothing was counted."""
        return 100 * self.numerator / self.denominator if self.denominator else None


def satisfaction_share(school: School, begins: date, ends: date) -> SatisfactionShare:
    """Of the parents' surveys without names that were closed within the days, both inside.

    A survey in which fewer than five answered the counted question is left out: its number would tell too much.
    """
    rows = SurveyCampaign.objects.filter(
        school=school,
        state=CampaignState.CLOSED,
        closed_on__range=(begins, ends),
        version__questionnaire__audience=Audience.PARENTS,
    )
    sources = []
    for campaign in rows.select_related("school", "version__questionnaire").order_by("closed_on", "pk"):
        report = survey_report(campaign)
        if report.satisfied is not None:
            told = (campaign.pk, report.title, campaign.closed_on, report.invited, report.satisfied)
            sources.append(SatisfactionSource(*told))
    why = "" if sources else "Закрытых опросов родителей с вопросом для показателя и пятью ответами на него пока нет."
    good = sum(one.told.numerator for one in sources)
    return SatisfactionShare(good, sum(one.told.denominator for one in sources), tuple(sources), why)
