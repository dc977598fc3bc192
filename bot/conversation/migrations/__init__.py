"""The steps of the schema, for SQLite and PostgreSQL alike."""
