"""What is computed from tables: law in time, bounds, breaks, estimates, rounding, sums."""
