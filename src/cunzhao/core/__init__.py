"""Puts the stages together: the only package that imports them all. The doors ask `Core` and nothing else."""
