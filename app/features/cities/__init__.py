"""Portraits of cities: what is published of each, put together from every slice."""
