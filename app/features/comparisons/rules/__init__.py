"""What a comparison decides, without a database."""
