"""What a peer is: it holds the same records as Daftar, and another copy is kept up to date through the link.

A new peer is a page: a class with these methods in a file of its own, and its name in PEERS of the script.
"""


class Missing(Exception):
    """The peer is not installed here: why, in words. It is skipped."""


class NotApplicable(Exception):
    """The peer has no such thing: why, in words. The cell stays empty."""


class Peer:
    """One way to keep a copy. Every step returns the figures of Lab.measure; `note` in them is printed, `over` marks a step
    that was given up, whose figures are the least that they would be.

    Steps run in the order in which they stand here, each once, on the state that the one before left.
    """

    name = ""
    # Holds at most so many records; the table scales what grows with their number, and says so.
    most_records = None
    carries = "protobuf bytes"

    def __init__(self, lab):
        self.lab = lab

    @classmethod
    def check(cls):
        """Raises Missing."""

    def words(self):
        """Version and settings, in a line."""
        return ""

    def load(self):
        """The records into the sending side, not measured; then the link to it."""
        raise NotImplementedError

    def bootstrap(self):
        """An empty copy becomes equal: durable, and queryable where the peer can be asked."""
        raise NotImplementedError

    def no_op(self):
        """The copy, not connected before, learns that nothing has changed."""
        raise NotImplementedError

    def edits(self, name, count):
        """The one-field edits of NAME.bin (or .jsonl) were made in one go, so many; the copy connects and gets them."""
        raise NotImplementedError

    def new_record(self):
        raise NotImplementedError

    def live(self):
        """median_ms from an edit to its being durable at both ends, and bytes of one, in an open session."""
        raise NotApplicable("no open session")

    def field_screen(self, limit_s):
        """Seconds and bytes on the field link until an empty copy has 50 incidents to show."""
        raise NotApplicable("nothing before all is there")

    def close(self):
        """Ends what it started beyond what Lab ends."""
