"""What all records of the hub share when an editor works on them: lists, answers, names to choose from."""
