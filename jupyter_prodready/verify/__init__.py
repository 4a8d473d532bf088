"""A copy of the notebook in a fresh kernel, compared with what the page shows."""
