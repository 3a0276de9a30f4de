"""What users find: documents by their words, titles as they are typed, facts by what they say."""
