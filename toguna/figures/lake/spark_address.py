"""The address of a Spark Connect server, read strictly: what may open it is never part of a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

#: The port of Spark Connect where an address names none.
_PORT = 15002
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])"
_ADDRESS = re.compile(rf"sc://({_HOST})(?::([0-9]{{1,5}}))?(?:/(?:;([!-~]*))?)?", re.ASCII)
_PARAMETER = re.compile(r"([A-Za-z0-9_-]+)=([^;=#?\s]+)", re.ASCII)
_SHOWN = re.compile(rf"sc://{_HOST}(?![A-Za-z0-9._-])(:[0-9]{{1,5}}(?![0-9]))?", re.ASCII)
_TOKEN = re.compile(r"[!-~]+", re.ASCII)
#: A session is Toguna's own: an address may not name one.
_NOT_OURS = frozenset({"session_id"})


@dataclass(frozen=True, kw_only=True)
class EngineAddress:
    """`sc://host:port` and the parameters behind it, as they stand in the address (percent-encoded)."""

    host: str
    port: int
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """The address without its parameters."""
        return f"sc://{self.host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address, for the client alone."""
        return "/;".join([self.shown, *([";".join(f"{k}={v}" for k, v in self.parameters)] if self.parameters else [])])

    def without_secrets(self, text: str) -> str:
        """The text without the values of the parameters, however they are written in it."""
        for name, value in self.parameters:
            if name != "use_ssl":
                for secret in {value, unquote(value)}:
                    text = text.replace(secret, "...")
        return text


def parse_address(text: str, token: str = "") -> EngineAddress | None:
    """The address; None where the text is not `sc://host[:port][/;key=value...]`. `token`: used where the address has none."""
    found = _ADDRESS.fullmatch(text)
    if found is None or not 0 < int(found[2] or _PORT) < 2**16:
        return None
    parameters: dict[str, str] = {}
    for part in found[3].split(";") if found[3] else ():
        pair = _PARAMETER.fullmatch(part)
        if pair is None or pair[1] in parameters or pair[1] in _NOT_OURS:
            return None
        parameters[pair[1]] = pair[2]
    if parameters.get("use_ssl", "true") not in ("true", "false"):
        return None
    if token:
        parameters.setdefault("token", quote(token, safe=""))
    return EngineAddress(host=found[1], port=int(found[2] or _PORT), parameters=tuple(parameters.items()))


def shown_address(text: str) -> str:
    """What a message may repeat of a text that is no address: nothing behind the host, and nothing at all where that is not clear."""
    if "@" in text:
        return "..."
    found = _SHOWN.match(text)
    return f"{found[0]}..." if found else "..."


def is_token(text: str) -> bool:
    """Whether the text can be sent as a token."""
    return _TOKEN.fullmatch(text) is not None
