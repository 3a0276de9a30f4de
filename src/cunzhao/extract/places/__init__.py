"""Areas and departments: as named in the text, in full, with GB/T 2260 codes."""
