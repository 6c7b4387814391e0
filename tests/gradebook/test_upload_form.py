"""The form into which files are dropped."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gradebook.forms import UploadForm


def test_it_names_the_files_that_are_empty() -> None:
    files = [SimpleUploadedFile(name, content) for name, content in (("7А.xlsx", b"PK"), ("7Б.csv", b""))]
    form = UploadForm(QueryDict(), MultiValueDict({"chosen": files}), periods=[])
    assert form.errors["chosen"] == ["Файл пуст: 7Б.csv. Выгрузите заново."]


def test_it_asks_for_at_least_one() -> None:
    assert UploadForm(QueryDict(), MultiValueDict(), periods=[]).errors["chosen"] == ["Выберите хотя бы один файл."]
