"""Formats: what each service writes becomes Discussions. One module a service; none of them opens a connection."""
