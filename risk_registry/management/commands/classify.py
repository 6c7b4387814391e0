from typing import Any

from risk_registry.management.commands._period import PeriodCommand
from risk_registry.selectors.answers import classification_answer
from risk_registry.services.classification import period_classify


class Command(PeriodCommand):
    help = "Compute the categories of a period, or with --period 0 those of the year's beginning, and print them."
    begins = True

    def answer(self, **options: Any) -> dict[str, Any]:
        school, period = self.asked(options)
        period_classify(period=period)
        return classification_answer(school, period)
