"""Texts that could lead to a person: registration numbers, coordinates, telephones, addresses of mail.

A pattern is made to miss rather little: a false alarm costs a word, a miss may cost a life.
"""

from __future__ import annotations

import re

REGISTRATION_NUMBER = re.compile(
    r"\b(?:[A-Z]{3}-)?\d{3}-\d{2}C\d{4,6}\b|\b(?:[A-Z]{3}|\d{3})-\d{8}\b|\b[A-Z]{2,3}[ /-]?\d{7,}\b"
)
COORDINATES = re.compile(
    r"-?\b\d{1,2}[.,]\d{3,}\s*°?\s*[NS]?\s*[,;/ ]\s*-?\d{1,3}[.,]\d{3,}\s*°?\s*[EWO]?\b"
    r"|\b\d{1,3}\s?°\s?\d{1,2}\s?[′'’](?:\s?\d{1,2}(?:[.,]\d+)?\s?[″\"”])?\s?[NSEWO]?|\b\d{1,2}[C-HJ-NP-X]\s?[A-Z]{2}\s?\d{4,5}\s?\d{4,5}\b"
)
TELEPHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)\d{1,3}[ .\-]?(?:\(?\d{1,4}\)?[ .\-]?){2,6}\d{2}\b|(?<![\w.,])[2-9]\d(?:[ .\-]\d{2}){3}(?![\w,.]?\d)"
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Every pattern.
PERSONAL = (REGISTRATION_NUMBER, COORDINATES, TELEPHONE, EMAIL)
