"""From a file of any kind to its text: structure kept, everything around the statement left out."""
