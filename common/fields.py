"""Columns that several apps need."""

from django.db import models
from django.db.models import GeneratedField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

_UPPER = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁё"
_LOWER = "абвгдежзийклмнопрстуфхцчшщъыьэюяее"


class _Folded(models.Func):
    """Cyrillic capitals to small letters and ё to е, without leaning on the database's locale."""

    function = "translate"
    output_field = models.TextField()

    def __init__(self, expression: Combinable) -> None:
        super().__init__(expression, Value(_UPPER), Value(_LOWER))


def russian_sort_key(*fields: str) -> GeneratedField:
    """A stored key that orders names by the Russian alphabet with ё beside е, on any PostgreSQL.

    `fields`: names of text columns of the same table, most significant first. The collation is "C", so
    the order is that of code points, which for folded Cyrillic is the alphabet.
    """
    parts: list[Combinable] = [models.F(fields[0])]
    for name in fields[1:]:
        parts += [Value(" "), models.F(name)]
    joined: Combinable = Concat(*parts, output_field=models.TextField()) if len(parts) > 1 else parts[0]
    return GeneratedField(
        expression=_Folded(joined),
        output_field=models.CharField(max_length=400, db_collation="C"),
        db_persist=True,
    )
