"""The subjects of servanda compute, one file a subject. May import all but the other faces."""
