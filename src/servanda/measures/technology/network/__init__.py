"""Institutions that wrote papers together, as a sparse network; nothing here opens a file."""
