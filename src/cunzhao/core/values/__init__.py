"""What pages show and the API returns: frozen dataclasses, and what a user asks for. No queries."""
