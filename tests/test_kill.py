"""A build that is killed leaves the last good book, and the next one ends as if nothing had been."""

from kill import rounds


def test_killed_builds_leave_no_trace(tmp_path):
    tally = rounds(tmp_path, number=2, seed=1)
    assert any(what.startswith("killed") for what in tally)
