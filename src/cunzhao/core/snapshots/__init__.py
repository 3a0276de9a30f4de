"""What is shown and handed out of snapshots: pages, views, evidence, attachments, versions, reposts."""
