"""Mails wait in the outbox and are sent after the change they tell of is committed."""
