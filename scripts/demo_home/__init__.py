"""Run a real Home Assistant with the simulated vendors, interactively or as a check."""
