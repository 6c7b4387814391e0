"""The seven indicators of the one-year program. Source: the school's program of the year, indicators of reaching it."""

from decimal import Decimal

from roadmaps.indicators.shapes import Indicator, Operator, Origin, Plan, Source, Unit

_RISK = "обучающиеся реестра с рисками учебной неуспешности"


def _shown(
    number: int,
    title: str,
    raw: str,
    value: int,
    numerator: str,
    denominator: str = _RISK,
    *,
    origin: Origin = Origin.AUTO,
    unit: Unit = Unit.PERCENT,
    oddities: tuple[str, ...] = (),
    alike: tuple[str, ...] = (),
) -> Indicator:
    operator = Operator.AT_LEAST if "не менее" in raw else Operator.EXACTLY
    target = Plan(1, raw, Decimal(1), Operator.PRESENT) if unit == Unit.PRESENCE else None
    return Indicator(
        code=f"S{number}",
        source=Source.YEARLY,
        number=number,
        title=title,
        unit=unit,
        origin=origin,
        numerator=numerator,
        denominator=denominator,
        plan=(target or Plan(1, raw, Decimal(value), operator),),
        oddities=oddities,
        alike=alike,
    )


YEARLY = (
    _shown(1, "Доля обучающихся, имеющих риски учебной неуспешности, у которых определены причины затруднений в "
           "усвоении учебного материала", "100%", 100, "из них с установленной причиной"),
    _shown(2, "Разработаны индивидуальные планы по ликвидации академической неуспеваемости для всех обучающихся, "
           "имеющих риски учебной неуспешности", "100%", 100, "из них с утверждённым планом или маршрутом",
           oddities=("Названо наличием, считается долей. Ожидаемый результат 8 требует маршрутов для "
                     "слабоуспевающих: это другие ученики и другой документ.",), alike=("P10", "результат 8")),
    _shown(3, "Доля обучающихся, для которых разработаны и реализуются программы наставничества по ликвидации "
           "затруднений", "не менее 80%", 80, "из них в действующей наставнической паре с программой",
           oddities=("От какого числа считать, источник не говорит: считаем от обучающихся с рисками.",)),
    _shown(4, "Наличие документов, отражающих достижения и индивидуальный прогресс по достижению предметных, "
           "метапредметных результатов", "100% обучающихся", 100, "обучающиеся с листом индивидуального прогресса",
           "все обучающиеся", origin=Origin.SEMI,
           oddities=("Названо наличием, считается долей всех обучающихся, не только с рисками.",)),
    _shown(5, "Разработан и утвержден график оказания психологической помощи учащимся и родителям (законным "
           "представителям)", "100%", 100, "утверждённый график на текущий период", "", unit=Unit.PRESENCE,
           oddities=("Наличие, записанное процентом.", "В дорожной карте источника нет строки о графике.")),
    _shown(6, "Доля обучающихся, имеющих риски учебной неуспешности, охвачены программами дополнительного образования "
           "в соответствии с их потребностями", "не менее 80%", 80, "из них с действующей программой",
           alike=("P13",)),
    _shown(7, "Доля обучающихся, имеющих риски учебной неуспешности, принимают участие в конкурсах", "не менее 80%",
           80, "из них с участием в конкурсе за учебный год"),
)  # fmt: skip
