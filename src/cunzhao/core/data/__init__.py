"""The data pages: figures, indicators, agreements, projects, names, contradictions, and their charts."""
