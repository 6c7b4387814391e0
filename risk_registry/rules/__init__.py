"""The registry's decisions without a database: categories, early warning, what is missing to a result."""
