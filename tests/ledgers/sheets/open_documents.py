"""OpenDocument workbooks for the tests, part by part as LibreOffice writes them."""

import zipfile
from xml.sax.saxutils import escape, quoteattr

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MANIFEST = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:m">{}</manifest:manifest>'


def cell(value, **attributes):
    """One cell; a str that begins with "<" is taken as it is."""
    if isinstance(value, str) and value.startswith("<"):
        return value
    more = "".join(
        f" {name.replace('_', ':', 1)}={quoteattr(str(text))}" for name, text in attributes.items()
    )
    if value is None:
        return f"<table:table-cell{more}/>"
    if isinstance(value, bool | int | float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"{more}>'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    words = "".join(f"<text:p>{escape(part)}</text:p>" for part in value.split("\n"))
    return f'<table:table-cell office:value-type="string"{more}>{words}</table:table-cell>'


def row(*values, **attributes):
    """One row of cells."""
    more = "".join(f" {name.replace('_', ':', 1)}={quoteattr(text)}" for name, text in attributes.items())
    return f"<table:table-row{more}>{''.join(map(cell, values))}</table:table-row>"


def table(*rows, name="台账", before="", style=""):
    """One sheet; `before` are its columns."""
    return (
        f'<table:table table:name="{name}" table:style-name="{style}">{before}{"".join(rows)}</table:table>'
    )


def document(*tables, styles="", doctype=""):
    """The parts of a workbook with these sheets."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<office:document-content {SPACES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    return {"mimetype": TYPE, "content.xml": content, "META-INF/manifest.xml": MANIFEST.format("")}


def saved(parts, path):
    """The parts in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path
