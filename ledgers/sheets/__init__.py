"""The ledger as a workbook: knows forms and fields, asks no database.

gate     is this file safe to open at all? before any parser touches it
heads    where on a sheet does the head stand, and which column is what
reading  a workbook to rows, faults and warnings
writing  rows to the official form
styles   its cells, in which text can be nothing but text
marking  the rejected rows back to the office, each fault named
"""
