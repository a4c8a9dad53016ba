"""Submissions: a filled form in, as XML or in a spreadsheet; checked values, versions and every fault out."""
