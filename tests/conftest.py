"""One profile for all property tests: nothing is timed, and failures can be replayed."""

from hypothesis import settings

settings.register_profile("project", deadline=None, print_blob=True, max_examples=50)
settings.load_profile("project")
