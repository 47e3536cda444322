"""Quanshi conferences and their rooms."""
