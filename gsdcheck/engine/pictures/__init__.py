"""The arrays behind figures, one noun a file. Rounded unless a file says enclosed; nothing here decides."""
