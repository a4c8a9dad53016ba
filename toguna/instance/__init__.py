"""The opened instance folder: settings, database, files by content. Nothing is stored or imported before `configure`."""
