"""Tests: families of vulnerabilities that others had."""
