"""The hub's database: SQLite or PostgreSQL; the only folder that knows SQLAlchemy."""
