"""What a place is: code, names, aliases, and where it lies on a day."""
