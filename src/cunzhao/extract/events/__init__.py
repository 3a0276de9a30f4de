"""What parties do: agreements and projects."""
