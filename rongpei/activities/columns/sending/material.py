"""What is sent: an article with its newest text and the bytes of its pictures."""

from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.markup.tree import PICTURE, Node, parsed
from rongpei.activities.columns.models import Article, ArticleFile
from rongpei.activities.columns.queries.desk import newest_revision
from rongpei.ground.files import vault
from rongpei.ground.files.cipher import decipher_bytes
from rongpei.ground.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Material:
    """Everything a form of the article is made of."""

    article: Article
    root: Node
    pictures: dict[int, bytes] = field(default_factory=dict)
    cover: bytes | None = None

    @property
    def byline(self) -> str:
        """Author with post."""
        return "，".join(filter(None, (self.article.author_name, self.article.author_post)))

    def picture(self, node: Node) -> bytes | None:
        """The bytes behind an image of the text."""
        found = PICTURE.fullmatch(node.attributes.get("src", ""))
        return self.pictures.get(int(found.group(1))) if found else None


def material_of(article: Article) -> Material:
    """Collect it; asked inside the article's scope."""
    revision = newest_revision(article)
    root = parsed(revision.html if revision else "")
    pictures: dict[int, bytes] = {}
    cover = None
    for one in ArticleFile.objects.filter(article=article).select_related("file"):
        if one.part == FilePart.ATTACHMENT:
            continue
        content = _bytes_of(one.file)
        if content is None:
            continue
        pictures[one.pk] = content
        cover = content if one.part == FilePart.COVER else cover
    return Material(article, root, pictures, cover)


def _bytes_of(file: StoredFile) -> bytes | None:
    place = vault.find(file.storage_name) if file.deleted_at is None else None
    if place is None:
        return None
    content = place.read_bytes()
    return decipher_bytes(content) if file.enciphered else content


def as_jpeg(content: bytes, longest: int) -> bytes:
    """A picture as JPEG on white, its longer side at most so many pixels."""
    with Image.open(BytesIO(content)) as image:
        image.thumbnail((longest, longest))
        flat = Image.new("RGB", image.size, "white")
        clear = image.convert("RGBA")
        flat.paste(clear, mask=clear.getchannel("A"))
    made = BytesIO()
    flat.save(made, "JPEG", quality=86)
    return made.getvalue()
