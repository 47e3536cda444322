"""Tests of the WeCom client."""
