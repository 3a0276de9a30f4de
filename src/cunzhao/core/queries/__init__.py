"""Rows and queries that more than one part of `core` needs, and how lists are paged. Links are read here."""
