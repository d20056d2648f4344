"""Medina: where a city's needs meet other cities' good practice."""
