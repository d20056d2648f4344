"""Cities as readers meet them: in a list, and as portraits."""
