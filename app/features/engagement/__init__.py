"""Events, cities heard elsewhere, and what office holders said."""
