"""What changes consultations."""
