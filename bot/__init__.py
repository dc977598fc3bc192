"""What stands between a person's words and a decision."""
