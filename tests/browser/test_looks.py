"""What every page is asked can be answered wrongly."""

import pytest
from playwright.sync_api import Page

from tests.browser.looks import assert_accessible

_CELLS = "".join(f'<tr><td class="name">строка {number}</td></tr>' for number in range(30))
_PAGE = """<!doctype html><html lang="ru"><head><title>Вид</title><style>{style}</style></head>
<body><main><h1>Вид</h1><table><tbody>{cells}</tbody></table><p class="name">слова</p></main></body></html>"""


def test_letters_that_all_can_be_read_are_accepted(page: Page) -> None:
    page.set_content(_PAGE.format(style="", cells=_CELLS))

    assert_accessible(page)


@pytest.mark.parametrize(
    "style",
    [
        ".name { color: #999 }",
        "tr:nth-child(17) td { color: #999 }",
        "tr:nth-child(17) { background: #666 }",
        "tr:nth-child(17) { opacity: 0.3 }",
        "p { background: #555 }",
    ],
)
def test_one_pale_word_among_many_alike_is_found(page: Page, style: str) -> None:
    page.set_content(_PAGE.format(style=style, cells=_CELLS))

    with pytest.raises(AssertionError, match="color-contrast"):
        assert_accessible(page)
