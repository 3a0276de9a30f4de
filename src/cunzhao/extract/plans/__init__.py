"""Tasks and actions (措施) of a plan."""
