"""Decisions about notices, links and surveys without a database."""
