"""Simulate the company whose rooms the vendors manage."""
