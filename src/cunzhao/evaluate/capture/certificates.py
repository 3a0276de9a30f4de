"""A server's certificate in words, read with `cryptography`; what cannot be read keeps its fingerprint."""

from __future__ import annotations

import hashlib
import warnings

from cryptography import x509

from cunzhao.evaluate.types import CertificateTold

_LARGEST = 100_000  # bytes of DER; a server may send anything
_NAMES = 100


def certificate_told(der: bytes) -> CertificateTold:
    """Subject, issuer, serial number, names, validity (X.509, RFC 5280) and SHA-256. Raises nothing."""
    fingerprint = "sha256:" + hashlib.sha256(der).hexdigest()
    unread = only_fingerprint(fingerprint)
    if len(der) > _LARGEST:
        return unread
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd certificates are the servers' affair
            told = x509.load_der_x509_certificate(der)
            return CertificateTold(
                fingerprint=fingerprint,
                subject=told.subject.rfc4514_string(),
                issuer=told.issuer.rfc4514_string(),
                serial=f"{told.serial_number:x}",
                names=_names(told),
                not_before=told.not_valid_before_utc,
                not_after=told.not_valid_after_utc,
            )
    except (ValueError, TypeError, OverflowError, x509.UnsupportedGeneralNameType, x509.InvalidVersion):
        return unread


def only_fingerprint(fingerprint: str) -> CertificateTold:
    return CertificateTold(
        fingerprint=fingerprint,
        subject=None,
        issuer=None,
        serial=None,
        names=(),
        not_before=None,
        not_after=None,
    )


def _names(told: x509.Certificate) -> tuple[str, ...]:
    try:
        found = told.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return ()
    names = [str(getattr(name, "value", "")) for name in found]
    return tuple(name for name in names if name)[:_NAMES]
