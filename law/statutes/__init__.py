"""The articles' own words: texts, versions, citations, search.

found = article("矿产资源法", 39, on=date(2025, 3, 1))
found.article.text, found.exact, found.version.origin
"""

from law.statutes.citations import Citation, citations, unnamed
from law.statutes.collection import Reading, article, read, statutes, text_of, unheld, version_on, versions
from law.statutes.editions import OF_CONDUCT, Version
from law.statutes.parsing import Article, Paragraph
from law.statutes.searching import Hit, search

__all__ = [
    "OF_CONDUCT",
    "Article",
    "Citation",
    "Hit",
    "Paragraph",
    "Reading",
    "Version",
    "article",
    "citations",
    "read",
    "search",
    "statutes",
    "text_of",
    "unheld",
    "unnamed",
    "version_on",
    "versions",
]
