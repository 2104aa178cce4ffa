"""Reports: text, HTML and figures, rendered from a record and never from live objects."""
