"""The data package and its tables, as the descriptor gives them: the lowest room."""
