"""Support to cities, local plans, national bodies and strategies."""
