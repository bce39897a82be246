"""Comments: read from any service or export, kept as files below content/comments/."""
