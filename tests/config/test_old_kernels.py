"""Office browsers run kernels as old as Chromium 86 (October 2020): what is newer is not relied upon.

The lists are what the stylesheets use today and that kernel knows. Something new fails here until
somebody has looked up its version: known by 86, it is added; younger, it goes to GRACEFUL with what an
old kernel does without it, or is done another way.
"""

import re

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def words(text: str) -> set[str]:
    """The words of a list kept as running text."""
    return set(text.split())


PROPERTIES = words(
    """-webkit-text-size-adjust align-items align-self appearance background border border-bottom
    border-bottom-color border-collapse border-color border-left border-left-color border-radius border-right
    border-right-color border-spacing border-top border-top-color border-width bottom box-shadow box-sizing
    break-after break-before break-inside clear clip-path color column-gap columns content
    counter-increment counter-reset
    cursor display flex
    flex-basis flex-direction flex-grow flex-shrink flex-wrap float font
    align-content font-family font-size font-style
    font-variant-numeric font-weight gap grid-column grid-row grid-template grid-template-columns height
    justify-content justify-items justify-self left letter-spacing line-height list-style margin margin-bottom
    margin-left margin-right margin-top max-height max-width min-height min-width object-fit opacity order
    outline outline-color outline-offset overflow overflow-wrap overflow-x overflow-y padding padding-bottom
    padding-left padding-right padding-top page place-items pointer-events position resize right row-gap
    scroll-margin-top scroll-padding-top
    scroll-padding-bottom size table-layout text-align text-decoration text-decoration-color
    text-indent text-overflow text-transform top touch-action transform user-select vertical-align visibility
    white-space width word-break z-index"""
)
SELECTORS = words(
    """::after ::backdrop ::before ::placeholder ::-webkit-calendar-picker-indicator
    ::-webkit-details-marker ::-webkit-progress-bar ::-webkit-progress-value :checked :disabled :empty
    :first-child :first-of-type :focus :focus-visible :focus-within :hover :last-child :not :nth-child
    :read-only :root :target"""
)
AT_RULES = {"@media", "@page"}
FUNCTIONS = words("attr calc clamp counter inset max min minmax repeat rgb rgba rotate url var")
# Younger than 86 or another browser's, and what happens without it.
GRACEFUL = {
    "accent-color": "tick boxes keep the browser's blue",
    "field-sizing": "a text box keeps its rows",
    "text-wrap": "a heading breaks where it must",
    "text-underline-offset": "the line stands nearer to the words",
    "::file-selector-button": "the button of a file field looks as the browser draws it",
    "::-moz-progress-bar": "Firefox alone",
}
# In scripts: what looks like an old name and is younger than 86.
YOUNG_SCRIPT = {
    "structuredClone": 98,
    ".at(": 92,
    "Object.hasOwn": 93,
    "Object.groupBy": 117,
    "randomUUID": 92,
    ".findLast": 97,
    ".toSorted": 110,
    ".toReversed": 110,
    "AbortSignal.timeout": 103,
    "AbortSignal.any": 116,
    ".inert": 102,
    "showPicker": 99,
    "showPopover": 114,
    "startViewTransition": 111,
    "Promise.withResolvers": 119,
    "Array.fromAsync": 121,
    "static {": 94,
    "checkVisibility": 105,
    "scheduler.": 94,
}


def rules():
    """(file, selector, declarations) of every rule; the rules inside @media too."""
    for path in sorted((STATIC / "css").glob("*.css")):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for selector, body in RULE.findall(css):
            yield path.name, selector.strip(), [part.split(":", 1) for part in body.split(";") if ":" in part]


def test_every_property_and_function_is_known_to_an_old_kernel():
    new = set()
    for name, _, declarations in rules():
        for key, value in declarations:
            key = key.strip()
            if not key.startswith("--") and key not in PROPERTIES and key not in GRACEFUL:
                new.add((name, key))
            new |= {
                (name, f"{found}()") for found in re.findall(r"([a-z-]+)\(", value) if found not in FUNCTIONS
            }
    assert new == set()


def test_every_selector_is_known_to_an_old_kernel():
    new = set()
    for name, selector, _ in rules():
        for part in re.findall(r"::?[a-z-]+|@[a-z-]+", selector):
            if part not in SELECTORS | AT_RULES | set(GRACEFUL) and not selector.startswith("@page"):
                new.add((name, part))
    assert new == set()


def test_a_young_selector_stands_alone():
    # An old kernel drops the whole rule for one word that it doesn't know.
    beside = [
        (name, selector)
        for name, selector, _ in rules()
        for part in GRACEFUL
        if part.startswith(":") and part in selector and "," in selector
    ]
    assert beside == []


def test_not_takes_one_simple_selector():
    # `:not(a, b)` and `:not(a ~ b)` came with 88.
    inside = [found for _, selector, _ in rules() for found in re.findall(r":not\(([^()]*)", selector)]
    assert [each for each in inside if re.search(r"[\s,>~+]", each.strip())] == []


@pytest.mark.parametrize("word", sorted(YOUNG_SCRIPT))
def test_no_script_of_ours_calls_what_came_later(word):
    using = [path.name for path in (STATIC / "js").glob("*.js") if word in path.read_text(encoding="utf-8")]
    assert using == [], f"{word} came with Chromium {YOUNG_SCRIPT[word]}"
