"""Images whose alternative text is missing, says nothing, or repeats what is said beside it."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

import msgspec

from medlint.document import Block, Document, Image, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.readers.builder import attribute_span
from medlint.rule import Rule
from medlint.source import Span

_CONTENT = (Zone.TITLE, Zone.BODY, Zone.CALLOUT, Zone.BYLINE, Zone.BIO)
_FILE = re.compile(
    r"[^\s/]*\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?|heic)|(?:img|dsc|dscn|pxl|image|photo|picture|screenshot|screen[-_ ]shot|untitled)[-_ ]?\d[\w-]*",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:an? |the )?(?:image|photo|photograph|picture|pic|graphic|graph|chart|figure|illustration|icon|img|banner|thumbnail|spacer|placeholder|untitled|"
    r"alt(?: text)?|(?:featured|hero|header|cover|blog|article|stock|main) (?:image|photo|picture)|insert (?:alt|image).{0,20}|n/?a|none|null|undefined|todo|tbd)\W*",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"(?:(?:an? |the |this )?(?:stock )?(?:image|picture|photo|photograph|graphic) (?:of|shows|showing|that shows|depicting)\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:credits?|photo(?:graph)?(?: by|:)|image(?: by|:)|source:|courtesy|licen[cs]ed?|cc[- ]by|public domain|getty|shutterstock|istock|unsplash|adobe stock|pexels)\b|\u00a9",
    re.IGNORECASE,
)
_NAMED_BY = ("aria-label", "aria-labelledby", "title")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``longest``: the characters an alternative text may have. ``credit``: whether a figure without a credit is found."""

    longest: int = 250
    credit: bool = False


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield one hit for each image of the article that a listener learns nothing from."""
    document = facts.document
    captions = _captions(document) if document.images else {}
    for image in document.images:
        if image.element.hidden or image.element.zone not in _CONTENT or _is_decoration(image):
            continue
        caption = captions.get(id(figure)) if (figure := image.element.closest("figure")) else None
        if variant := _fault(document, image, caption, options):
            alt = " ".join((image.alt or "").split())
            yield Hit(_place(document, image, variant), {"alt": alt, "length": str(len(alt))}, variant=variant)


def _fault(document: Document, image: Image, caption: Block | None, options: Options) -> str:
    """What is wrong with the image, if anything."""
    alt = " ".join(image.alt.split()) if image.alt is not None else None
    if alt is None:
        return "" if any(image.element.attrs.get(name) for name in _NAMED_BY) else "missing"
    if not alt:
        return "missing" if document.format == "markdown" and not _is_html(document, image) else ""
    if _FILE.fullmatch(alt) or _is_name_of_file(alt, image.url):
        return "file"
    if _EMPTY.fullmatch(alt):
        return "empty"
    if caption is not None and alt.casefold().rstrip(".") == " ".join(caption.text.split()).casefold().rstrip("."):
        return "caption"
    if len(alt) > options.longest:
        return "long"
    if _PREFIX.match(alt):
        return "prefix"
    if options.credit and (caption is None or not _CREDIT.search(caption.plain)):
        return "credit"
    return ""


def _is_html(document: Document, image: Image) -> bool:
    return document.source.text.startswith("<", image.span.start)


def _is_decoration(image: Image) -> bool:
    """Whether the image says of itself that nobody need look at it: a tracking pixel, a spacer, a decoration."""
    attrs = image.element.attrs
    if attrs.get("role") in ("presentation", "none"):
        return True
    return any(attrs.get(side, "").strip().removesuffix("px") in ("0", "1", "2") for side in ("width", "height"))


def _is_name_of_file(alt: str, url: str) -> bool:
    """Whether the words are the file's name without its ending, as content systems fill them in."""
    try:
        stem = unquote(urlsplit(url).path).rsplit("/", 1)[-1].rsplit(".", 1)[0]
    except ValueError:
        return False
    return alt == stem and bool(re.search(r"[_\d]|-\w+-", alt)) and " " not in alt


def _captions(document: Document) -> dict[int, Block]:
    """The caption of each figure, by the identity of its element."""
    found: dict[int, Block] = {}
    for block in document.blocks:
        if block.kind is Kind.CAPTION and (figure := block.element.closest("figure")):
            found.setdefault(id(figure), block)
    return found


def _place(document: Document, image: Image, variant: str) -> Span:
    """The alternative text where there is one, else the image."""
    text = document.source.text
    if variant not in ("missing", "credit") and text.startswith("<", image.span.start):
        place = attribute_span(text, image.span, "alt")
        if place.end > place.start:
            return place
    return image.span
