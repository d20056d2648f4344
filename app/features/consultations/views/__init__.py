"""What is shown of consultations."""
