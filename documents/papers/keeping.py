"""A paper as JSON and back: what is approved is kept whole and read again as the same value."""

import json
from typing import Any

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from documents.papers.parts import Paper, Part

_converter = make_converter()
configure_tagged_union(Part, _converter, tag_name="part")


def freeze_paper(paper: Paper) -> dict[str, Any]:
    """Plain JSON values: dates as ISO text, tuples as lists."""
    frozen: dict[str, Any] = json.loads(_converter.dumps(paper))
    return frozen


def thaw_paper(data: dict[str, Any]) -> Paper:
    """The value that was frozen."""
    return _converter.loads(json.dumps(data), Paper)


def freeze_sections(sections: Any) -> Any:
    """Sections alone, for reports that have other parts beside them."""
    return _converter.unstructure(sections)
