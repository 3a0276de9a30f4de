"""Reading of web pages side by side: `python -m bench.reading`."""
