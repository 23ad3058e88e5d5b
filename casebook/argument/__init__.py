"""The claims, the graph that they make, and what moves it."""
