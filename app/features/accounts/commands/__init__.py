"""What may be asked about accounts."""
