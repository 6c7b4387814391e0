"""Bank of practices and teaching: trainings, communities, practices, lesson visits, gaps of teachers."""
