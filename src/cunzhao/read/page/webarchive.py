"""Web pages saved as one file (.mht): office systems export them, often under the name of a Word file."""

from __future__ import annotations

import email
import email.policy


def page_of(data: bytes) -> bytes:
    """The first page of a web archive as it was sent; nothing where there is none. Raises nothing."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return b""
