"""The handbook inside the product: offices work in closed networks, the help has to be where they are.

Its text is docs/handbook/README.md, one page a chapter; each page of the product links to its own.
"""

import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from markdown_it import MarkdownIt

FOLDER = settings.BASE_DIR / "docs" / "handbook"
# The first that fits the name of an address; what none fits begins at the contents.
CHAPTER_OF = tuple(
    (re.compile(pattern), title)
    for pattern, title in (
        (r"clues:(assign_clues|label_)|cases:(assign_cases|label_)|reminders:.*filter", "列表上一次办几件"),
        (r"clues:(list|similar|receipt|.*register|.*informant)", "登记线索"),
        (r"clues:", "核查和处理"),
        (r"cases:.*past", "导入以前的台账"),
        (r"cases:.*(referral|matter|police)", "移送公安"),
        (r"cases:|reminders:clocks", "立案、认定、决定"),
        (r"ledgers:import", "导入以前的台账"),
        (r"ledgers:(consolidate|accept_unchanged|enter_for_county)", "市局"),
        (r"ledgers:", "台账"),
        (r"campaigns:(organis|book|.*row|register_found|unmask|settle)", "专项行动的组织实施"),
        (r"campaigns:.*campaign|campaigns:.*(members|counting)", "专项行动的组织实施"),
        (r"reminders:.*(channel|roster|duty|deliver|dead|message)", "管理"),
        (r"campaigns:|reminders:", "报送任务和提醒"),
        (r"accounts:(own_papers|.*paper|settle_denial)", "立案、认定、决定"),
        (
            r"home$|search$|accounts:(me$|sign|second|turn|change|end_sign_in|.*confirm|refuse)",
            "登录和工作台",
        ),
        (r"accounts:", "管理"),
        (r"law:", "法规"),
    )
)


@dataclass(frozen=True)
class Chapter:
    """One `## ` of the handbook: its number from 1, its title without 一、, its text as HTML."""

    number: int
    title: str
    html: str

    def get_absolute_url(self) -> str:
        """The chapter's page."""
        return reverse("help_chapter", args=[self.number])


@cache
def chapters() -> tuple[Chapter, ...]:
    """The handbook's chapters in order; raw HTML in the text is shown as text."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    text = text.replace("](images/", f"]({reverse('help')}images/")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    made = []
    for number, part in enumerate(re.split(r"^## ", text, flags=re.MULTILINE)[1:], start=1):
        title, _, words = part.partition("\n")
        made.append(Chapter(number, title.split("、", 1)[-1].strip(), markdown.render(words)))
    return tuple(made)


def help_url(view_name: str) -> str:
    """Where 帮助 leads from the page of that name: its chapter, else the contents."""
    title = next((title for pattern, title in CHAPTER_OF if pattern.match(view_name)), "")
    found = next((chapter for chapter in chapters() if chapter.title == title), None)
    return found.get_absolute_url() if found else reverse("help")


def contents(request: HttpRequest) -> HttpResponse:
    """The chapters."""
    return render(request, "help/contents.html", {"chapters": chapters()})


def chapter(request: HttpRequest, number: int) -> HttpResponse:
    """One chapter, the next one below it. 404 for a number there is no chapter of."""
    book = chapters()
    if not 1 <= number <= len(book):
        raise Http404
    page = {"chapter": book[number - 1], "later": book[number] if number < len(book) else None}
    page["crumbs"] = [{"label": "帮助", "url": reverse("help")}]
    return render(request, "help/chapter.html", page)


def image(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the handbook; 404 for any other file."""
    pictures = {path.stem: path for path in (FOLDER / "images").glob("*.png")}
    if name not in pictures:
        raise Http404
    response = HttpResponse(pictures[name].read_bytes(), content_type="image/png")
    response.as_stored = True  # nobody's data: no line in the register of exports
    return response
