"""Capture with a browser: the system's Chromium, driven by Playwright, recorded over CDP."""
