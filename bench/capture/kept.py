"""What a tool kept, read from what it left on disk by other libraries than those that wrote it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
from fastwarc.warc import ArchiveIterator, WarcRecordType

ANYWHERE = ""  # stands for the URL where a tool's format does not tell it

#: By URL: SHA-256 (hex) of each decoded body that is kept.
Kept = dict[str, set[str]]


def size(folder: Path, patterns: tuple[str, ...]) -> int:
    """Bytes of the files that hold what was captured."""
    return sum(
        path.stat().st_size for pattern in patterns for path in folder.rglob(pattern) if path.is_file()
    )


def of_files(folder: Path) -> Kept:
    """The bodies in files of the bare fetch and of the warm Chromium, by their index lines."""
    kept: Kept = defaultdict(set)
    for index in folder.glob("*.index"):
        for line in index.read_text("utf-8").splitlines():
            url, coding, path = json.loads(line)
            kept[url].add(_sha(_decoded(Path(path).read_bytes(), coding)))
    return kept


def of_warcs(folder: Path) -> Kept:
    """Responses of WARC files; a revisit counts as the payload it names, if that is there."""
    kept: Kept = defaultdict(set)
    by_digest: dict[str, str] = {}
    revisits: list[tuple[str, str]] = []
    for url, kind, digest, body in _records(folder):
        if kind == "revisit":
            revisits.append((url, digest))
        else:
            by_digest[digest] = _sha(body)
            kept[url].add(by_digest[digest])
    for url, digest in revisits:
        if digest in by_digest:
            kept[url].add(by_digest[digest])
    return kept


def _records(folder: Path) -> Iterator[tuple[str, str, str, bytes]]:
    kinds = WarcRecordType.response | WarcRecordType.revisit
    for path in sorted(folder.rglob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=kinds, parse_http=True):
                headers = record.http_headers
                if headers is None or headers.status_code != 200:
                    continue
                url = record.headers["WARC-Target-URI"].strip("<>")  # wget writes the brackets of WARC 1.0
                digest = record.headers.get("WARC-Payload-Digest") or ""
                if record.record_type == WarcRecordType.revisit:
                    yield url, "revisit", digest, b""
                else:
                    yield (
                        url,
                        "response",
                        digest,
                        _decoded(record.reader.read(), headers.get("Content-Encoding") or ""),
                    )


def of_single_files(folder: Path) -> Kept:
    """Images that stand in HTML files as `data:` URIs; everything else such a file holds was rewritten."""
    kept: Kept = defaultdict(set)
    for path in folder.rglob("*.html"):
        for found in re.finditer(
            r"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)", path.read_text("utf-8", "replace")
        ):
            kept[ANYWHERE].add(_sha(base64.b64decode(found[1])))
    return kept


def completeness(
    manifest: dict[str, Any], kept: Kept, kinds: tuple[str, ...], *, images: bool = False
) -> float:
    """Share of what the pages of these kinds need whose exact bytes are kept."""
    wanted = have = 0
    for page in manifest["pages"]:
        if page["kind"] in kinds:
            for url in page["required"]:
                if images and not url.endswith(".png"):
                    continue
                wanted += 1
                digest = manifest["resources"][url]["decoded"]
                have += digest in kept.get(url, ()) or digest in kept.get(ANYWHERE, ())
    return have / wanted if wanted else 1.0


def _decoded(body: bytes, coding: str) -> bytes:
    if coding == "br":
        return brotli.decompress(body)
    return gzip.decompress(body) if coding == "gzip" else body


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
