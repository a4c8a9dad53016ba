"""Forms published, submissions received, reviewed and read back: bytes in, checked values out, nothing lost."""
