"""Persons with their positions."""
