"""Places, matched by id, and their part in the network."""
