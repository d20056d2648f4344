"""What changes accounts and their credentials."""
