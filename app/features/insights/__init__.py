"""The whole picture: home, impact, figures."""
