from typing import Any

from monitoring.selectors_answers import indicators_answer
from risk_registry.management.commands._period import PeriodCommand
from risk_registry.services.judging import period_judge


class Command(PeriodCommand):
    help = "Compute the indicators of a period and print them."

    def answer(self, **options: Any) -> dict[str, Any]:
        _, period = self.asked(options)
        period_judge(period=period)
        return indicators_answer(period)
