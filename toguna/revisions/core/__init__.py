"""Plain Python: paths, trees of digests, and how two of them differ."""
