"""Tests of the vendor-neutral models."""
