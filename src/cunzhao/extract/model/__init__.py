"""A language model asked for facts that the rules did not find; off unless an address is set.

`pieces` cuts the text, `prompt` asks, `client` talks to the service through a gate of its own, `checking`
keeps what the text bears out. See `docs/model.md`.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence

from cunzhao.egress.gate import Gate
from cunzhao.errors import CunzhaoError, ModelFailed
from cunzhao.extract.model.checking import ASKED, Ground, Refused, check, is_new
from cunzhao.extract.model.client import Service, allowing
from cunzhao.extract.model.pieces import Piece, cut
from cunzhao.extract.model.prompt import question
from cunzhao.extract.plugins import Context
from cunzhao.extract.types import Fact, Kind
from cunzhao.read.types import Document

__all__ = ["ModelExtractor"]

STRIKES = 2  # pieces in a row without a usable answer after which no more are sent
log = logging.getLogger(__name__)


class ModelExtractor:
    """The plug-in. Its facts are labelled `model:NAME`; nothing leaves where no address is set."""

    name = "model"
    version = "1"

    def extract(self, document: Document, facts: Sequence[Fact], context: Context) -> Iterator[Fact]:
        kinds = [kind for kind in ASKED if kind in context.kinds]
        settings = context.settings
        if not settings.model_address or not kinds or not document.text.strip():
            return
        ground = Ground.of(document, date=context.date, region=context.region)
        pieces = cut(ground.flat, settings.model_piece_chars)
        if len(pieces) > settings.model_pieces:
            log.warning("of %d pieces only %d are sent to the model", len(pieces), settings.model_pieces)
        label = f"{self.name}:{settings.model_name.rpartition('/')[2]}"
        known, refused = list(facts), Counter[str]()
        with Gate(allowing(settings)) as gate:
            for piece, said in _answers(Service(settings, gate), pieces[: settings.model_pieces], kinds):
                for one in said:
                    found = check(one, piece, ground, kinds, label)
                    if isinstance(found, Refused):
                        refused[found.why] += 1
                    elif is_new(found, known):
                        known.append(found)
                        yield found
        if refused:
            log.info("of what the model said was refused: %s", dict(refused))


def _answers(
    service: Service, pieces: Sequence[Piece], kinds: Sequence[Kind]
) -> Iterator[tuple[Piece, list[object]]]:
    """What is said of each piece. Who refuses us, or fails twice in a row, is not asked again."""
    strikes = 0
    for piece in pieces:
        try:
            said = service.facts(question(piece.text, kinds))
        except ModelFailed as exc:
            log.warning("%s", service.told(exc))
            strikes += 1
            if strikes == STRIKES or exc.values.get("final"):
                return
        except CunzhaoError as exc:
            log.warning("%s", service.told(exc))
            return
        else:
            strikes = 0
            yield piece, said
