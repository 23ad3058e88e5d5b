"""The book to take away: archives, checksums, the PDF."""
