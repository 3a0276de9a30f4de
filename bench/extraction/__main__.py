"""Facts of annotated documents: how many are right, how fast they are found, how far they can be trusted.

    python -m bench.extraction [--held] [--misses]
    python -m bench.extraction --speed [--others PATH/TO/python]

Without more it prints the score table of the training documents (tests/extract/gold/train, and ../shared
where it is there); --held takes the documents kept apart instead, which only who makes no rules may do.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.extraction import side, speed, table
from bench.extraction.documents import held_out, training


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--held", action="store_true", help="the documents kept apart")
    ask.add_argument("--misses", action="store_true", help="also what is missed, wrong and extra")
    ask.add_argument("--speed", action="store_true", help="speed and memory by length, and side by side")
    ask.add_argument("--others", type=Path, help="python of the environment with the other programs")
    said = ask.parse_args()
    documents = held_out() if said.held else training()
    if said.speed:
        speed.show_sizes()
        print()
        side.show(documents, said.others)
    else:
        table.show(documents, misses=said.misses)


if __name__ == "__main__":
    main()
