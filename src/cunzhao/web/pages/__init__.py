"""The pages and what is done on them, feeds and files too. Leans on `door` and `showing`."""
