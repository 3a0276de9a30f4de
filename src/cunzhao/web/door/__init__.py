"""What a request passes before a page is made, and what every answer carries. Leans on no other room here."""
