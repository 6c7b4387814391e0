"""Imports, computations and undos of one school at the same moment."""

from pathlib import Path
from threading import Thread

import pytest
from django.db import connection, transaction

from school.models import ImportBatch, School
from school.services.imports import file_import
from tests.contract.small import PUPIL_HEADS, school_with_pupils, workbook

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_contingent_being_written_lets_others_refer_to_the_school(tmp_path: Path) -> None:
    """A computation that holds the period, for which the import waits, refers to its school: it must not wait too."""
    school = School.objects.get(code=school_with_pupils(tmp_path))
    content = workbook(tmp_path, [PUPIL_HEADS, ["9", "Юн", "Ян", "", None, "7А"]]).read_bytes()
    told: list[str] = []

    def refer() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT code FROM school_school WHERE id = %s FOR KEY SHARE NOWAIT", [school.pk])
            told.append(cursor.fetchone()[0])
        connection.close()

    with transaction.atomic():
        file_import(by=None, school=school, kind=ImportBatch.Kind.PUPILS, name="pupils.xlsx", content=content)
        other = Thread(target=refer)
        other.start()
        other.join(timeout=30)
    assert told == [school.code]
