"""The desk's entries in the navigation."""

from school.navigation import search_register

search_register("desk:search")
