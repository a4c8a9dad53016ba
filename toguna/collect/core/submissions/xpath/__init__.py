"""The XPath of a form's rules: parsed once into a typed tree, then evaluated over whole tables or row by row.

`parse` and the table of `functions` need no polars; `apply` evaluates. Both evaluators mean the same (a property test holds them
together), and the value is ODK Collect's. What neither can evaluate is `NotEvaluable`, and the form's rule is then reported as not checked.
"""
