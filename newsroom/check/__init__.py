"""What a site can get wrong beyond what stops a build."""
