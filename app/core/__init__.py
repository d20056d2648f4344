"""What every part stands on, and what knows nothing about cities, needs or practices."""
