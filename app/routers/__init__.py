"""Addresses only: which use case, which template."""
