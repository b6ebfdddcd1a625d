"""The ledger as a workbook: knows forms and fields, asks no database.

gate      is this file safe to open at all? before any parser touches it
heads     where on a sheet do the heads stand, and which column is what
lines     what each line below a head is
contents  one sheet read whole, every line of it named
roles     which sheets are the ledger, which are older ones
reading   a workbook to rows, faults, warnings and questions
choices   what a person answered to them
writing   rows to the official form
styles    its cells, in which text can be nothing but text
fitting   how high a row must be to show its text
coloured  what somebody marked on a workbook: colours, comments
marking   the rejected rows back to the office, each fault named
"""
