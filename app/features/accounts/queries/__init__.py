"""What is looked up about accounts."""
