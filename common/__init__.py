"""Plain tools: no models, no settings, nothing of ours imported."""
