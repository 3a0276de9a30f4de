"""Figures: quantities with what they measure, where, when and of which nature."""
