"""The steps of the config, options and subentry flows."""
