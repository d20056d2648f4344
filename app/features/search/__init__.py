"""Finding practices in three languages."""
