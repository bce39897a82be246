"""Owns connections to elsewhere: https alone but for this machine, no redirect to another host, no endless waiting.

Whoever asks somebody over the network asks through `opener`.
"""

from __future__ import annotations

import ssl
import urllib.request
from functools import lru_cache
from urllib.parse import urlsplit

SECONDS = 20
"""How long whoever is asked may be silent."""
LOCAL = ("localhost", "127.0.0.1", "::1")
"""Hosts that may do without https, and are never asked through a proxy."""

ADDRESS = "with https (http is for localhost alone), without a password in it"
"""How an address must be written to be asked."""


def host_of(url: str) -> str:
    """The host of an address that may be asked. Raises ValueError for any other."""
    parts = urlsplit(url)
    host, wrong = parts.hostname or "", "@" in parts.netloc or parts.port == 0
    if wrong or not host or (parts.scheme != "https" and not (parts.scheme == "http" and host in LOCAL)):
        raise ValueError(f'"{url}" cannot be asked')
    return host


def silence(error: Exception) -> tuple[str, bool]:
    """What an unanswered request means, and whether it may be answered later."""
    reason = getattr(error, "reason", error)
    for kind, words, later in _SILENCE:
        if isinstance(reason, kind):
            return words, later
    return getattr(reason, "strerror", "") or str(reason) or type(reason).__name__, False


_SILENCE = (
    (TimeoutError, f"it was silent for {SECONDS} seconds", True),
    (ConnectionRefusedError, "nothing listens there", False),
    (ssl.SSLCertVerificationError, "its certificate is not trusted", False),
)
"""Kind of error, what happened, whether it is worth another try; the first that fits."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows where scheme, host and port stay; otherwise the redirect is the answer."""

    max_redirections = 5

    def redirect_request(self, request, answer, code, message, headers, to):
        old, new = urlsplit(request.full_url), urlsplit(to)
        if request.data is not None or (old.scheme, old.netloc) != (new.scheme, new.netloc):
            return None
        answer.close()  # urllib would read its body to the end, however long
        return super().redirect_request(request, answer, code, message, headers, to)


@lru_cache(maxsize=2)
def opener(local: bool) -> urllib.request.OpenerDirector:
    """Only http and https: no file, ftp or data. One context, because reading the system's certificates takes 20 ms."""
    made = urllib.request.OpenerDirector()
    kinds = [urllib.request.HTTPHandler(), urllib.request.HTTPDefaultErrorHandler(), _SameHost()]
    kinds += [urllib.request.HTTPErrorProcessor(), urllib.request.ProxyHandler({} if local else None)]
    for kind in (*kinds, urllib.request.HTTPSHandler(context=ssl.create_default_context())):
        made.add_handler(kind)
    return made
