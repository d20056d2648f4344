"""Who saw or changed what: a log that can only grow, and the proof that nothing in it was touched."""
