"""The law as pure functions over facts: terms, figures, findings, and the articles' own words.

Imports `common` only, never the ORM: calendars and figures come in as arguments.
"""
