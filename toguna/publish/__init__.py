"""From an update's source to its published files, and editions frozen as they were issued: see README.md beside this file.

The door is three modules, so that the compilers load without a database and a page is set in a third of a second: `build` (compile, check, write),
`clearing` and `issuing` with `editions` (what is kept of it).
"""
