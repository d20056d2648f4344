"""What lists and portraits of cities decide, without a database."""
