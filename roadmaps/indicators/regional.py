"""The nine indicators of the regional monitoring, with the values of the region; they have no targets.

Source: monitoring of indicators of the prevention of failure, letter of the regional institute of 03.02.2023
№ 01-20/518 (1,131 schools, 44 municipalities). Pupils add up by sums of numerators and of denominators; of schools each
answers yes or no, and the share is the municipality's.
"""

from decimal import Decimal

from roadmaps.indicators.shapes import Counted, Indicator, Origin, Source, Unit

_SCHOOLS = "все школы муниципалитета"


def _shown(
    number: int,
    title: str,
    value: str,
    numerator: str,
    denominator: str = _SCHOOLS,
    *,
    oddities: tuple[str, ...] = (),
    alike: tuple[str, ...] = (),
) -> Indicator:
    schools = denominator == _SCHOOLS
    return Indicator(
        code=f"R{number:02d}",
        source=Source.REGIONAL,
        number=number,
        title=title,
        unit=Unit.PERCENT,
        origin=Origin.SEMI if schools else Origin.AUTO,
        numerator=numerator,
        denominator=denominator,
        oddities=oddities,
        alike=alike,
        counted=Counted.SCHOOLS if schools else Counted.PUPILS,
        regional=Decimal(value),
    )


REGIONAL = (
    _shown(1, "Доля слабоуспевающих и неуспевающих обучающихся в общеобразовательных организациях", "8.7",
           "слабоуспевающие и неуспевающие", "все обучающиеся",
           oddities=("Группа резерва сюда не входит.",), alike=("G01",)),
    _shown(2, "Доля слабоуспевающих и неуспевающих обучающихся, для которых разработан индивидуальный образовательный "
           "маршрут", "59.2", "из них с разработанным маршрутом", "слабоуспевающие и неуспевающие",
           alike=("P10", "S2")),
    _shown(3, "Доля обучающихся с ОВЗ", "6.2", "обучающиеся с заключением ПМПК", "все обучающиеся",
           oddities=("В отчёт идёт только число, без имён.",)),
    _shown(4, "Доля обучающихся, для которых русский является неродным", "3.3",
           "обучающиеся, для которых русский язык неродной", "все обучающиеся",
           oddities=("В отчёт идёт только число, без имён.",)),
    _shown(5, "Доля общеобразовательных организаций, в которых реализуются дополнительные программы курсов (модулей) "
           "по профилактике неуспешности и восполнению пробелов в области предметных знаний", "58.1",
           "школы, где идут такие программы"),
    _shown(6, "Доля обучающихся (от числа неуспевающих), посещающих дополнительные занятия с целью ликвидации "
           "отставания по учебной программе", "80.7", "из них посещают дополнительные занятия", "неуспевающие",
           oddities=("Считается от числа только неуспевающих, в программе — и слабоуспевающих.",), alike=("P12",)),
    _shown(7, "Доля общеобразовательных организаций, в которых в штатном расписании есть педагоги-тьюторы", "1.3",
           "школы со ставкой тьютора", oddities=("Речь о ставке в штатном расписании, а не о назначенных тьюторах.",)),
    _shown(8, "Доля общеобразовательных организаций, в которых разработаны и реализуются психологические программы "
           "повышения вовлеченности родителей учащихся с низкими образовательными результатами", "52.3",
           "школы с такой программой"),
    _shown(9, "Доля общеобразовательных организаций, в которых одним из направлений деятельности методической службы "
           "является повышение профессиональной компетентности учителя в части адресной работы со слабоуспевающими и "
           "неуспевающими учащимися", "81.3", "школы с таким направлением"),
)  # fmt: skip
