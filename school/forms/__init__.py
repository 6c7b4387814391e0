"""Forms of the school's rooms."""
