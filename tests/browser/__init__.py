"""Tests of what users see: a real Home Assistant, simulated vendors and a browser."""
