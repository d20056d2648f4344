"""Offices and the persons who hold them."""
