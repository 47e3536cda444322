"""Tests of the Quanshi client."""
