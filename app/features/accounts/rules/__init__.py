"""What is decided about accounts: roles, lives of sessions, codes, throttles. No database."""
