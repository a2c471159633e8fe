"""Writes recorded pages as one PDF that conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2)."""

import io
from functools import cache
from typing import Final
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pointinfo import __version__, paths
from pointinfo.leaflets.pictures import Picture
from pointinfo.leaflets.structure import Bookmark, Element, Link, MarkedContent, Place, TaggedCanvas

PRODUCER: Final = f"PointInfo {__version__}"

_LONGEST: Final = 8_000  # characters, of four bytes at most: PDF/A-2 allows a string 32,767 bytes (6.1.13)
_ATTRIBUTE_OWNERS: Final = {
    "BBox": "Layout",
    "Placement": "Layout",
    "Scope": "Table",
    "ColSpan": "Table",
    "ListNumbering": "List",
}
_STAY_WHEN_EMPTY: Final = {"TD", "TH"}  # a table row keeps its number of cells


def write(canvas: TaggedCanvas, document: Element, *, title: str, language: str) -> bytes:
    """The PDF of the canvas's pages, `document` being the root of the structure tree.

    Same input, same bytes: the file names no moment and its identifier is computed from its content.
    """
    canvas.finish()
    document.language = document.language or language
    pdf = pikepdf.new()
    fonts = Dictionary({f"/{used.resource}": used.embed(pdf) for used in canvas.faces.values()})
    pictures = Dictionary({f"/{name}": _picture(pdf, picture) for picture, name in canvas.pictures.items()})
    resources = pdf.make_indirect(Dictionary(Font=fonts, XObject=pictures))
    pages: list[pikepdf.Object] = []
    for recorded in canvas.pages:
        page = pdf.add_blank_page(page_size=(canvas.width, canvas.height))
        page.obj.Resources = resources
        page.obj.Contents = pdf.make_stream("\n".join(recorded.operators).encode("ascii"))
        page.obj.Tabs = Name.S
        pages.append(page.obj)
    _write_structure(pdf, pages, canvas, document, language)
    _write_outline(pdf, canvas.bookmarks)
    _write_identity(pdf, title, language)
    written = io.BytesIO()
    pdf.save(
        written,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return written.getvalue()


def _picture(pdf: pikepdf.Pdf, picture: Picture) -> pikepdf.Object:
    return pdf.make_stream(
        picture.pixels,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
    )


def _write_structure(
    pdf: pikepdf.Pdf, pages: list[pikepdf.Object], canvas: TaggedCanvas, document: Element, language: str
) -> None:
    """The structure tree and the way back into it from every mark and link (ISO 32000-1, 14.7)."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    written: dict[Element, pikepdf.Object] = {}
    annotations: list[pikepdf.Object] = []  # of links, in order; the key of the n-th is len(pages) + n
    numbers: list[object] = []
    names: dict[str, Name] = {}  # each made once: ten thousand entries of a directory say little but «P» and «Link»
    languages: dict[str, String] = {}

    def annotate(link: Link, owner: pikepdf.Object) -> Dictionary:
        annotation = pdf.make_indirect(_annotation(link, pages))
        annotation.StructParent = len(pages) + len(annotations)
        annotations.append(owner)
        page = pages[link.page]
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)

    def put(element: Element, parent: pikepdf.Object, around: str) -> pikepdf.Object:
        role = names.setdefault(element.tag, Name(f"/{element.tag}"))
        node = pdf.make_indirect(Dictionary(S=role, P=parent))
        if element.alternative:
            node.Alt = _words(element.alternative)
        if element.language and element.language != around:
            node.Lang = languages.setdefault(element.language, String(element.language))
        if element.attributes:
            node.A = _attributes(element)
        kids: list[pikepdf.Object | int] = []
        page = next((kid.page for kid in element.kids if isinstance(kid, MarkedContent)), -1)
        if page >= 0:
            node.Pg = pages[page]
        for kid in element.kids:
            if isinstance(kid, Element):
                if _holds_something(kid):
                    kids.append(put(kid, node, element.language or around))
            elif isinstance(kid, MarkedContent):
                on_its_page = kid.page == page
                kids.append(kid.mark if on_its_page else Dictionary(Type=Name.MCR, MCID=kid.mark, Pg=pages[kid.page]))
            else:
                kids.append(annotate(kid, node))
        node.K = kids[0] if len(kids) == 1 else Array(kids)
        if page >= 0:
            written[element] = node
        return node

    root.K = Array([put(document, root, language)])
    for index, recorded in enumerate(canvas.pages):
        pages[index].StructParents = index
        numbers += [index, pdf.make_indirect(Array([written[element] for element in recorded.marks]))]
    for index, owner in enumerate(annotations, len(pages)):
        numbers += [index, owner]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(pages) + len(annotations)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _annotation(link: Link, pages: list[pikepdf.Object]) -> Dictionary:
    """The clickable area of a link on its page."""
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[round(side, 2) for side in link.area],
        Border=[0, 0, 0],
        F=4,  # printed, as PDF/A asks of every annotation
        Contents=_words(link.words),
    )
    if isinstance(link.target, Place):
        annotation.Dest = Array([pages[max(0, link.target.page)], Name.XYZ, 0, round(link.target.top, 2), 0])
    else:
        annotation.A = Dictionary(S=Name.URI, URI=String(link.target))
    return annotation


def _words(text: str) -> String:
    return String(text[:_LONGEST])


def _holds_something(element: Element) -> bool:
    return element.tag in _STAY_WHEN_EMPTY or any(
        not isinstance(kid, Element) or _holds_something(kid) for kid in element.kids
    )


def _attributes(element: Element) -> Dictionary:
    owners = {_ATTRIBUTE_OWNERS[key] for key in element.attributes}
    (owner,) = owners
    values = {
        f"/{key}": Name(f"/{value}") if isinstance(value, str) else value for key, value in element.attributes.items()
    }
    return Dictionary({"/O": Name(f"/{owner}"), **values})


def _write_outline(pdf: pikepdf.Pdf, bookmarks: list[Bookmark]) -> None:
    with pdf.open_outline() as outline:
        open_levels: list[list[pikepdf.OutlineItem]] = [outline.root]
        for mark in bookmarks:
            del open_levels[max(1, mark.depth) :]
            place = mark.place
            item = pikepdf.OutlineItem(
                mark.title[:_LONGEST], place.page, "XYZ", left=0, top=round(place.top, 2), zoom=0
            )
            open_levels[-1].append(item)
            open_levels.append(item.children)


def _write_identity(pdf: pikepdf.Pdf, title: str, language: str) -> None:
    """Title, language, output intent and the declaration of both standards."""
    title = title[:_LONGEST]
    pdf.docinfo["/Title"] = _words(title)
    pdf.docinfo["/Producer"] = String(PRODUCER)
    catalog = pdf.Root
    catalog.Lang = String(language)
    catalog.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    catalog.Metadata = pdf.make_stream(_metadata(title, language).encode(), Type=Name.Metadata, Subtype=Name.XML)
    profile = pdf.make_stream(_colour_profile(), N=3)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=profile,
    )
    catalog.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def _colour_profile() -> bytes:
    return (paths.resources() / "colour" / "sRGB.icc").read_bytes()


def _metadata(title: str, language: str) -> str:
    """The XMP packet. PDF/A knows no property of PDF/UA, so it describes one (ISO 19005-2, 6.6.2.3.3)."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{escape(PRODUCER)}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
