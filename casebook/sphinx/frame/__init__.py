"""What surrounds every page: assets, citation, search, glossary, status, renewal."""
