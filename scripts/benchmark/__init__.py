"""Measure the integration, in comparison with `rest` and with the minimal cost."""
