from typing import Any

from risk_registry.management.commands._period import PeriodCommand
from risk_registry.selectors.answers import signals_answer
from risk_registry.services.judging import period_judge


class Command(PeriodCommand):
    help = "Compute the signals of a period and print them."

    def answer(self, **options: Any) -> dict[str, Any]:
        _, period = self.asked(options)
        period_judge(period=period)
        return signals_answer(period)
