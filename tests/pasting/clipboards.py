"""What programs put on the clipboard as HTML, cut down to what matters, with the prose that it becomes."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} @list l0:level1 {mso-level-number-format:bullet;} --></style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]--></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1>Before you come<o:p></o:p></h1>
<h2><a name="_Toc1">Bring</a><o:p></o:p></h2>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Loose
<b style='mso-bidi-font-weight:normal'>cotton</b> clothes<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>nothing tight<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span style='mso-list:Ignore'>·<span>&nbsp;
</span></span><!--[endif]-->Your list of medicines</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>Wash</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;</span></span><![endif]>Dry</p>
<p class=MsoNormal>Wait <s>two</s> <span style='color:red'>four</span> weeks<del cite="mailto:A" datetime="2026-03-01"> or more</del>, area
20&nbsp;cm<sup>2</sup><a style='mso-comment-reference:AB_1'>, about</a><span class=MsoCommentReference><span style='font-size:8.0pt'><a
class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><span style='mso-special-character:comment'>&nbsp;</span></span></span>
a palm.<br>Call us.<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Day</b></p></td><td><p class=MsoNormal>What you see</p></td></tr>
<tr><td><p class=MsoNormal>1</p></td><td><p class=MsoNormal>Red,</p><p class=MsoNormal>warm</p></td></tr></table>
<p class=MsoNormal><img width=10 height=10 src="file:///C:/a.png" v:shapes="Picture_1">Afterwards</p>
<!--EndFragment--><div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>Is this right?</p></div></div></body></html>"""
WORD_PROSE = (
    "<h3>Before you come</h3><h3>Bring</h3>"
    "<ul><li>Loose <strong>cotton</strong> clothes<ul><li>nothing tight</li></ul></li><li>Your list of medicines</li></ul>"
    "<ol><li>Wash</li><li>Dry</li></ol>"
    "<p>Wait four weeks, area 20&nbsp;cm<sup>2</sup>, about a palm.<br>Call us.</p>"
    "<p><strong>Day</strong> – What you see<br>1 – Red, warm</p><p>Afterwards</p>"
)
WORD_LEFT_OUT = (
    "Left out: a picture, 2 comments, colours. Struck-out words were left out: “two or more”. "
    "A table became lines of text, one for each row. For a real table use the block “Options side by side”."
)

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr" style="line-height:1.38"><span
style="font-size:16pt;color:#000000;background-color:transparent;font-weight:700">Looking after it</span></h2><ul style="margin-top:0"><li dir="ltr"
aria-level="1" style="list-style-type:disc"><p dir="ltr" role="presentation"><span style="color:#000000;font-weight:400">Keep it </span><span
style="font-weight:700">cool</span></p></li><ul><li dir="ltr" aria-level="2"><p dir="ltr"><span>wet cloth</span></p></li></ul><li
aria-level="1"><p dir="ltr"><span style="color:#000000;font-style:italic">Rest</span></p></li></ul><br /><p dir="ltr"><span
style="color:#000000">About 5 m</span><span style="vertical-align:super;font-size:0.6em">2</span><span style="text-decoration:line-through"> old</span><span
style="color:#ff0000;text-decoration:none"> of skin</span></p><br class="Apple-interchange-newline"></b>"""
DOCS_PROSE = (
    "<h3>Looking after it</h3><ul><li>Keep it <strong>cool</strong><ul><li>wet cloth</li></ul></li><li><em>Rest</em></li></ul>"
    "<p>About 5 m<sup>2</sup> of skin</p>"
)
DOCS_LEFT_OUT = "Left out: colours. Struck-out words were left out: “old”."

PAGES = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta name="Generator" content="Cocoa HTML Writer">
<style type="text/css">p.p1 {margin: 0.0px; font: 22.0px Helvetica} li.li3 {font: 11.0px}</style></head><body>
<p class="p1">Your session</p><p class="p2"><b>First</b> we talk,<span class="Apple-converted-space">&nbsp;</span>then we look.</p>
<p class="p2"><br></p><ul class="ul1"><li class="li3"><span class="s1"></span>Cream</li><li class="li3">Needles</li></ul></body></html>"""
PAGES_PROSE = (
    "<p>Your session</p><p><strong>First</strong> we talk, then we look.</p><ul><li>Cream</li><li>Needles</li></ul>"
)

OUTLOOK = """<html><head><style>@font-face {font-family:Calibri}</style></head><body><div class=WordSection1><p class=MsoNormal>Dear colleague,<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><table border=0 cellpadding=0><tr><td><div>The new hours:</div><ul><li class=MsoListParagraph
style='mso-list:l0 level1 lfo1'>Monday<o:p></o:p></li><li class=MsoListParagraph>Friday</li></ul></td></tr></table><div><a
href="https://clinic.example/hours?a=1&amp;b=2" title="x" target="_blank"><span style='color:blue'>Read more</span></a><img src="cid:a"
>today</div></div></body></html>"""
OUTLOOK_PROSE = (
    "<p>Dear colleague,</p><p>The new hours:</p><ul><li>Monday</li><li>Friday</li></ul>"
    '<p><a href="https://clinic.example/hours?a=1&amp;b=2">Read more</a> today</p>'
)
OUTLOOK_LEFT_OUT = "Left out: a picture, colours."

WEB = """<nav><a href="/">Home</a></nav><article><header><h1 id="top">Sun <small>and</small> skin</h1></header><figure><picture><img src="a.jpg"
alt="A beach"></picture><figcaption>Shade</figcaption></figure><section><p>Use<br/>factor&nbsp;50<svg><title>i</title><path/></svg>daily.</p><dl><dt>When</dt><dd>Before</dd></dl>
<blockquote>Wear a hat</blockquote><details><summary>More</summary>Sleeves</details><span hidden>secret</span><script>alert(1)</script></section></article>"""
WEB_PROSE = (
    '<p><a href="/">Home</a></p><h3>Sun and skin</h3><p>Shade</p><p>Use<br>factor&nbsp;50 daily.</p><p>When</p><p>Before</p>'
    "<p>Wear a hat</p><p>More</p><p>Sleeves</p>"
)
WEB_LEFT_OUT = "Left out: 2 pictures, hidden text."

ALL = {
    "Word": (WORD, WORD_PROSE, WORD_LEFT_OUT),
    "Google Docs": (DOCS, DOCS_PROSE, DOCS_LEFT_OUT),
    "Pages": (PAGES, PAGES_PROSE, ""),
    "Outlook": (OUTLOOK, OUTLOOK_PROSE, OUTLOOK_LEFT_OUT),
    "a web page": (WEB, WEB_PROSE, WEB_LEFT_OUT),
}
