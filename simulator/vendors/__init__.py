"""Simulate the vendors' APIs."""
