"""Test the vendors' clients, without Home Assistant."""
