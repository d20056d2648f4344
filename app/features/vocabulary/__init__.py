"""Controlled terms in three languages."""
