from datetime import date

from django.template import Context, Template


def shown(template: str, **values: object) -> str:
    return Template("{% load russian %}" + template).render(Context(values))


def test_numbers_and_days_are_russian() -> None:
    assert shown("{{ n|whole }} {{ x|decimal:2 }} {{ d|signed }}", n=1180, x=3.456, d=-2) == "1\u00a0180 3,46 −2"
    assert shown("{{ day|long_date }}", day=date(2026, 11, 21)) == "21\u00a0ноября 2026\u00a0г."
    assert shown("{% date_range a b %}", a=date(2026, 10, 1), b=date(2026, 10, 5)) == "1–5\u00a0октября 2026\u00a0г."


def test_what_is_absent_is_a_dash() -> None:
    assert shown("{{ x|whole }}{{ x|decimal }}{{ x|signed }}{{ x|long_date }}", x=None) == "————"


def test_a_sentence_ends_with_one_full_stop() -> None:
    told = [shown("{{ t|ended }}", t=text) for text in ("Тихонова А. П.", "21 ноября 2026 г.", "каб. 12", "Придёте? ")]
    assert told == ["Тихонова А. П.", "21 ноября 2026 г.", "каб. 12.", "Придёте?"]


def test_a_surname_is_kept_whole_and_escaped() -> None:
    assert shown("{{ n|tied }}", n="август – май — раз в год") == "август\u00a0– май\u00a0— раз в год"
    assert shown("{{ n|unbroken }}", n="Римский-Корсаков Лев") == (
        '<span class="o-doc__whole">Римский-Корсаков</span> Лев'
    )
    assert "<b>" not in shown("{{ n|unbroken }}", n="<b> <i>")
