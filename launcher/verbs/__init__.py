"""One module a verb, each with `run(place, arguments)`, which returns the exit status."""
