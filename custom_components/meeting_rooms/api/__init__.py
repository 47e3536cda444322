"""Clients of the vendors' meeting room APIs, independent of Home Assistant."""
