"""A learner's file, written and checked."""

from examples.exercises.running import check_file


def outcome_of(exercise, source, path):
    file = path / exercise.path.name
    file.write_text(source, encoding="utf-8")
    return check_file(exercise, file)


def replaced(source, changes):
    for before, after in changes.items():
        assert before in source, f"the exercise no longer has {before!r}"
        source = source.replace(before, after, 1)
    return source


def is_plain(message):
    """Whether a message is sentences for people, and no traceback."""
    return bool(message.strip()) and "Traceback" not in message and "<unknown>" not in message
