"""The gate: policy, private counts, recoding, the record, and the commands."""
