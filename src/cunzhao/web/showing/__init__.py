"""How things are shown: templates, words, colours, places in a text, spreadsheets. Leans on `door`."""
