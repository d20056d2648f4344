"""Tests: relevance."""
