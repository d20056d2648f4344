"""The matrix: every route, rendering, principal and object, against a table that people review."""
