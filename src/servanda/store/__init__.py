"""The register's memory. Imports model, errors and settings; the only SQL of the register."""
