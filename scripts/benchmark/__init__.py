"""Measure what the integration costs a Home Assistant, beside `rest` and beside bare floors."""
