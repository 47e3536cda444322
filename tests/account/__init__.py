"""Tests of the account state."""
