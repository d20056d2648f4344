"""The toolkit of the HTTP edge: how pages, fragments, JSON and errors go out."""
