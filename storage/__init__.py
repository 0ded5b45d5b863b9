"""What is kept: tables, migrations, the search index, files and the demo data."""
