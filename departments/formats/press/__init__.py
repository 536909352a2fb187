"""The press: the child process that prints. The only importer of WeasyPrint; it knows no Django, no database, no secret.

worker     takes jobs from a pipe: a document to be cut into parts, or parts to be bound
assets     what a document may fetch: our own style sheets
cutting    WeasyPrint's pages as parts: PDF objects without numbers, fonts left out
spacing    Han and Latin set apart
tagging    the structure of a part: what PDF/UA asks for, and no element that says nothing
parts      a part as bytes, as it is kept on disk
binding    parts put together: pages numbered, heads and feet set, links, bookmarks, one font a style
lettering  fonts: text shaped for heads, feet and page numbers; the glyphs of all parts in one font
writing    a PDF file written object by object
"""
