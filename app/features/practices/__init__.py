"""Good practices: edited, reviewed, published, read."""
