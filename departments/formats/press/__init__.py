"""The press: the child process that prints. The only importer of WeasyPrint; it knows no Django, no database, no secret.

worker     takes jobs from a pipe: a document to be cut into parts, or parts to be bound
assets     what a document may fetch: our own style sheets
reading    a document read into elements
hastening  WeasyPrint's own functions replaced by faster ones that give the same pages: from here on
styling    styles worked out once a worker
sight      what selectors can see of an element
measuring  lengths and backgrounds worked out once a style
typesetting  lines of text laid out once, read from Pango's memory at once
ruling     straight borders; so far what is faster
slicing    long lists laid out a few pages at a time
cutting    WeasyPrint's pages as parts: PDF objects without numbers, fonts left out
spacing    Han and Latin set apart
tagging    the structure of a part: what PDF/UA asks for, and no element that says nothing
parts      a part as bytes, as it is kept on disk
binding    parts put together: pages numbered, heads and feet set, links, bookmarks, one font a style
lettering  fonts: text shaped for heads, feet and page numbers; the glyphs of all parts in one font
writing    a PDF file written object by object
"""
