"""The one way out: frozen copies of what readers may see."""
