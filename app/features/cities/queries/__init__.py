"""Reading cities, and what is published about them."""
