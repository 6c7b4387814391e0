"""A paper as JSON and back: what is approved is kept whole and read again as the same value."""

import json
from typing import Any

from cattrs.preconf.json import make_converter
from cattrs.strategies import configure_tagged_union

from documents.papers.parts import Paper, Part

# For every value that holds sections: which part is which is told by the name of its class.
converter = make_converter()
configure_tagged_union(Part, converter, tag_name="part")


def freeze_paper(paper: Paper) -> dict[str, Any]:
    """Plain JSON values: dates as ISO text, tuples as lists."""
    frozen: dict[str, Any] = json.loads(converter.dumps(paper))
    return frozen


def thaw_paper(data: dict[str, Any]) -> Paper:
    """The value that was frozen."""
    return converter.loads(json.dumps(data), Paper)
