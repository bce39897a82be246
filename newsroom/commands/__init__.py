"""The verbs beside build, each imported only when asked for."""
