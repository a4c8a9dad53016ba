"""The room `figures`: figures by reference, tables of them, their traces, and the cut-offs of texts. See README.md beside this file."""
