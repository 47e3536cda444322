"""Simulate a day with many rooms and many faults at high speed."""
