"""Alembic's migrations; run by `open_database`."""
