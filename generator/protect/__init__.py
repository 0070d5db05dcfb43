"""The gate before the house: counts of people in, tables that point to nobody out, with a proof."""
