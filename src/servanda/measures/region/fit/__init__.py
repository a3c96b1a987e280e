"""Parts of the fit of ideal points."""
