"""Whom we trust: the certificates by which every server is checked."""

from __future__ import annotations

import ssl

import certifi


def default_tls() -> ssl.SSLContext:
    """Certificates are verified, against the system's authorities and those of certifi."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
