"""Draw the images of the integration: a house with a meeting table, seen from above."""
