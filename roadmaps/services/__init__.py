"""Deeds with roadmaps."""
