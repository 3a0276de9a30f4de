"""What every kind is read from: the flat text, its dates, passages and setting; headings and source notes."""
