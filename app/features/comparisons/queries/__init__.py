"""Reading what is compared."""
