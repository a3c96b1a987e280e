"""The parts of servanda dialogue, one file a part. May import all but the other faces."""
