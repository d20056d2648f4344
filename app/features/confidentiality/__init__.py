"""Which private rows a scope may touch, and the wall that keeps statements to them."""
