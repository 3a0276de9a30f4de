"""What users say of facts: corrections, checked facts, the scores that follow, and gold to export."""
