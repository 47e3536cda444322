"""Simulate the API of Tencent Meeting."""
