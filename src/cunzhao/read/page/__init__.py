"""Web pages: the main text, what the page says of itself, its files, and where an article goes on."""
