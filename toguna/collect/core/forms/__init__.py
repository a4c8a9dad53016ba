"""Forms: an XLSForm in, its typed schema, its XForm and every fault out; and back, a spreadsheet to fill."""

from toguna.collect.core.forms.reading import ReadForm, read_form

__all__ = ["ReadForm", "read_form"]
