"""Measures Medina against floors of the same run: `make bench`. Nothing here is part of the service."""
