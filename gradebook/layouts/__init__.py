"""Reading gradebook files: the six layouts in every container. `read_gradebook` is the door."""

from gradebook.layouts.reading import read_gradebook

__all__ = ["read_gradebook"]
