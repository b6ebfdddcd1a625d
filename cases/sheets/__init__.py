"""Files that come in: read, with where each thing stands."""
