"""Facts of annotated documents: how many are right, how fast they are found, how far they can be trusted.

    python -m bench.extraction [--held] [--misses]
    python -m bench.extraction --speed [--others PATH/TO/python]
    python -m bench.extraction --calibration [--held] [--plot docs/calibration.svg]

Without more it prints the score table of the training documents (tests/extract/gold/train, and ../shared
where it is there); --held takes the documents kept apart instead, which only who makes no rules may do.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.extraction import calibration, side, speed, table
from bench.extraction.documents import held_out, training


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--held", action="store_true", help="the documents kept apart")
    ask.add_argument("--misses", action="store_true", help="also what is missed, wrong and extra")
    ask.add_argument("--speed", action="store_true", help="speed and memory by length, and side by side")
    ask.add_argument("--others", type=Path, help="python of the environment with the other programs")
    ask.add_argument("--calibration", action="store_true", help="confidence said against share right")
    ask.add_argument("--plot", type=Path, help="where the plot of the calibration is written (SVG)")
    said = ask.parse_args()
    if said.calibration:
        show_calibration(said.held, said.plot)
        return
    documents = held_out() if said.held else training()
    if said.speed:
        speed.show_sizes()
        print()
        side.show(documents, said.others)
    else:
        table.show(documents, misses=said.misses)


def show_calibration(held: bool, path: Path | None) -> None:
    """The training documents, by which the weights were fitted, and with `held` those kept apart."""
    sets = {"training documents": training(), **({"kept apart": held_out()} if held else {})}
    series = {
        name: [one for document in documents for one in calibration.judged(document)]
        for name, documents in sets.items()
    }
    for name, facts in series.items():
        calibration.show(name, facts)
    if path:
        calibration.write(path, series)


if __name__ == "__main__":
    main()
