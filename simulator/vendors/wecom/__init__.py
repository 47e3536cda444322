"""Simulate the API of WeCom."""
