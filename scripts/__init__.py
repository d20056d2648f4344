"""Small programs for set-up and checks."""
