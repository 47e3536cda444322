"""Vendor-neutral models of rooms and conferences."""
