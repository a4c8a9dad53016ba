"""What an organisation is: code, names, acronym, aliases, and when it held."""
