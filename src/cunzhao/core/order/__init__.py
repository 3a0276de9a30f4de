"""What users put in order: tags, collections, saved searches, many links at once; sharing and feeds."""
