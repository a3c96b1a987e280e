"""What to show: one dataclass, one builder and one template of the same name. Imports dialogue and what is beneath."""
