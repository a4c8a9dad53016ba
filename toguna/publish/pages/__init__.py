"""Pages of an update: laid out once, written as HTML and as PDF."""
