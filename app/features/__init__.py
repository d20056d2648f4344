"""What the users talk about, one folder per word of theirs."""
