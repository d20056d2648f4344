"""What may be asked of consultations."""
