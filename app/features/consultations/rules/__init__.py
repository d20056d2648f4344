"""What is decided about consultations, with pencil and paper."""
