"""A process that saves captures until it is killed: `python -m tests.archive.saving_child HOME DATABASE NAME [COUNT]`.

Prints a snapshot's id once it is on disk and committed, and nothing before.
"""

import hashlib
import itertools
import random
import sys
from pathlib import Path

from cunzhao.archive.store import Archive
from cunzhao.settings import Settings
from cunzhao.storage.database import open_database
from tests.archive.making import capture, exchange, requisite, save


def body_of(url: str) -> bytes:
    """The page under this URL: the same in every process, half of it incompressible."""
    told = random.Random(url)
    return b"<html>" + url.encode() + told.randbytes(told.randrange(60_000)) + b"x" * 20_000


def main(home: str, url: str, name: str, count: str = "1000000") -> None:
    settings = Settings(home=Path(home), database=url, warc_max_bytes=400_000)
    database = open_database(settings)
    archive = Archive(settings, database)
    shared = requisite("stylesheet", "http://g.example/s.css", b"p{}" * 500, "text/css")
    print("ready", flush=True)
    for n in itertools.islice(itertools.count(), int(count)):
        page = f"http://g.example/{name}/{n}"
        again = requisite("image", f"{page}/same.png", b"\x89PNG" * 500, "image/png")
        snapshot = hashlib.sha256(page.encode()).hexdigest()[:13]
        save(archive, database, capture(exchange(page, body_of(page)), shared, again), snapshot)
        print(snapshot, page, flush=True)
    archive.close()
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
