"""The page of a clue, section by section, in the shapes of templates/parts."""
