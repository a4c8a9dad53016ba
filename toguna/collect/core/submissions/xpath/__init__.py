"""The XPath of a form's rules: parsed once into a typed tree, then evaluated over whole tables or row by row.

The two evaluators mean the same (a property test holds them together). Blank answers are the empty string, and no number; a comparison
with no number is false, as in ODK XForms. What neither can evaluate is `NotEvaluable`, and the form's rule is then told as not checked.
"""

from toguna.collect.core.submissions.xpath.apply import texts, truths
from toguna.collect.core.submissions.xpath.parse import parse
from toguna.collect.core.submissions.xpath.tree import Field, Kind, Moment, Node, NotEvaluable, fields

__all__ = ["Field", "Kind", "Moment", "Node", "NotEvaluable", "fields", "parse", "texts", "truths"]
