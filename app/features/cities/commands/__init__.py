"""What may be asked of the list of cities."""
