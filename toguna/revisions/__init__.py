"""The operation's pack as content-addressed revisions, each an act of the journal."""
