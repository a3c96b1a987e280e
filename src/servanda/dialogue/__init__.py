"""The cycle of meetings: prepare, hold, close, follow up. Imports what stands left of it and beneath."""
