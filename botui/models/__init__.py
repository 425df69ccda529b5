"""What the office keeps, and its rules: shapes as pydantic models, rules as pure functions."""
