"""What is asked inside a copy in which a recipe was followed; pytest gets these files by name."""
