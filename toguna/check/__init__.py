"""Reads any document and finds the figures in it that do not agree: see README.md beside this file."""
