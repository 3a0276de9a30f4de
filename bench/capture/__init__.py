"""Capture measured against its limits and against other tools, in one run on one generated site."""
