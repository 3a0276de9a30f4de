"""PDF files: characters become lines, columns, paragraphs and tables, each with its box; scans by OCR."""
