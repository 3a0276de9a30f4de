"""What of a page is kept and shown, feature by feature: in the spirit of the Archival Acid Test."""
