"""Word, and back: officers edit sentences in the program they know, and nothing they did is lost on the way home."""
