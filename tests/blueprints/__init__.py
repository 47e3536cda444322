"""Tests of the blueprints, each in a running Home Assistant."""
