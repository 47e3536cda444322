"""Measure what the integration costs, against `rest` and against the cost that cannot be avoided."""
