"""Practices and cities side by side."""
