"""Run a real Home Assistant with the simulated vendors, for a person or as a check."""
