"""Facts of annotated documents scored, timed and calibrated: `python -m bench.extraction`."""
