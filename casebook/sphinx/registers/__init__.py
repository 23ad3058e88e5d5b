"""Pages that list rows, values, figures, columns and sources."""
