"""The web application: pages over the opened instance, which decide nothing and store nothing of the operation."""
