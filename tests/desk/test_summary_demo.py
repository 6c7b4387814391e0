"""The summary in the demo school: everything leads on, paper and page say the same."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from school.models import Pupil, School, User
from tests.desk.desk_of import text_of
from tests.desk.summary_making import of, paper, shown, text_of_paper

pytestmark = pytest.mark.django_db
_HREF = re.compile(r'href="([^"#]*)(#[^"]*)?"')


@pytest.mark.parametrize("login", ["director", "zavuch"])
def test_everything_in_the_demo_school_leads_on_and_no_pupil_is_named(
    client: Client, demo_school: School, login: str
) -> None:
    client.force_login(User.objects.get(username=login))
    page = client.get(reverse("desk:summary"))
    main = page.content.decode().split("<main")[1]
    for path in sorted({path for path, _ in _HREF.findall(main) if path.startswith("/")}):
        assert client.get(path.replace("&amp;", "&")).status_code == 200, path
    text = text_of(page)
    assert not [one for one in Pupil.objects.all() if f"{one.last_name} {one.first_name}" in text]
    assert "Просрочено, и за кем" in text


def test_the_paper_of_the_demo_school_says_what_the_page_says(client: Client, demo_school: School) -> None:
    user = User.objects.select_related("school", "staff").get(username="zavuch")
    client.force_login(user)
    told, page = of(user), shown(client)
    printed = text_of_paper(client, paper(user)).replace("- ", "-")
    assert told.plan is not None
    words = [line.value for line in told.plan.off] + [line.name for line in told.plan.off]
    words += [line.title for group in (*told.late, *told.lacks) for line in group.lines]
    words += [line.title for line in (*told.sign, *told.changed.week)]
    words += [f"Просрочено, и за кем: {told.late_number}", f"Чего нет в плане: {told.lacks_number}"]
    for each in words:
        assert each.replace("\u00a0", " ") in printed, each
    for each in words[:-2]:
        assert each.replace("\u00a0", " ") in page, each
