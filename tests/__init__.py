"""The proof: real databases, real browser."""
