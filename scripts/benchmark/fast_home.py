"""Run Home Assistant without the rate limits of the vendor, so that everything is fetched soon."""

import sys

from homeassistant.__main__ import main

from .product import without_limits

if __name__ == "__main__":
    with without_limits():
        sys.exit(main())
