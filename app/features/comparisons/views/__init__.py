"""Comparisons as readers meet them."""
