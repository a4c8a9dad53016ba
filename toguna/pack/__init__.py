"""Operation packs: `reading` (a folder, every fault), `new` (an instance made from it), `ledger` (printed numbers beside computed ones), `demo`.

This door imports nothing: `python -m toguna.pack.demo` passes through it before any instance is chosen, and a room that stores can only be
imported once one is.
"""
