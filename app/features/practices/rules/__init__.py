"""What is decided about practices, without a database."""
