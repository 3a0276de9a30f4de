"""Pages and files become snapshots, at once or as a job; what users do to links; deleting for good."""
