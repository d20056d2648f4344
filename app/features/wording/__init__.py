"""From codes and ids to words: what every slice needs to speak to one reader."""
