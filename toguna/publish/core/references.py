"""A reference as the text writes it: what is asked, and in what manner it is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A reference without its manner of showing, and that manner."""

    reference: str
    show: str

    @property
    def asked(self) -> str:
        """The reference as figures are asked: how a list is to be shown decides what must be known of it."""
        if self.show == "number":
            return self.reference
        return f"{self.reference}{'&' if '?' in self.reference else '?'}show={self.show}"


def split_show(reference: str) -> Wanted:
    """``a?sex=f&show=words`` is ``a?sex=f``, shown in words; ``number`` where nothing is said."""
    indicator, mark, keys = reference.partition("?")
    pairs = [pair for pair in keys.split("&") if pair]
    shows = [pair.partition("=")[2] for pair in pairs if pair.startswith("show=")]
    rest = sorted(pair for pair in pairs if not pair.startswith("show="))
    written = indicator + (mark + "&".join(rest) if rest else "")
    return Wanted(reference=written, show=shows[-1] if shows else "number")
