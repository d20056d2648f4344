"""Consultations: what cities worry about, do, have, lack and need."""
