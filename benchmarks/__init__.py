"""One script per claim about speed and memory; each prints what it measured, and ratios."""
