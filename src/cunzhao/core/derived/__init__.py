"""What is made of a kept page and can be made again: document, facts, observations, index entry, sketches."""
