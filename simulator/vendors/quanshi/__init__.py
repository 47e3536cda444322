"""Simulate the API of Quanshi."""
