"""Years that were made before years had a beginning get one."""

from typing import Any

from django.db import migrations

_GIVE = """
INSERT INTO school_period (year_id, system, number, starts, ends)
SELECT id, 'start', 0, starts, make_date(start, 9, 15) FROM school_academicyear AS year
WHERE NOT EXISTS (SELECT FROM school_period WHERE year_id = year.id AND system = 'start')
"""
_TAKE = "DELETE FROM school_period WHERE system = 'start'"


class Migration(migrations.Migration):
    dependencies = [("school", "0013_start_of_year")]

    operations: list[Any] = [migrations.RunSQL(_GIVE, _TAKE)]
