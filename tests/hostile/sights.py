"""Markup that could hide words from a linter, and what a browser shows of it.

``SHOWN`` is markup with the words that Chromium's ``innerText`` has, blanks aside; a test in ``tests/browser`` holds the
table to that. ``UNREAD`` is what browsers show and medlint does not read, by decision: what style sheets, scripts and
attributes put on the page.
"""

SHOWN = [
    # Comments and declarations, as the standard ends them
    ("<p>a<!-->CURES<!-- --></p>", "aCURES"),
    ("<p>a<!--->CURES</p>", "aCURES"),
    ("<p>a<!-- x --!>CURES</p>", "aCURES"),
    ("<p>a<!-- x -- >hidden--></p>", "a"),
    ("<p>a<!-- x <!-- y -->CURES --></p>", "aCURES-->"),
    ("<p>a<!x>CURES</p>", "aCURES"),
    ("<p>a<?php x ?>CURES</p>", "aCURES"),
    ("<p>a</ x>CURES</p>", "aCURES"),
    ("<p>a<![CDATA[hidden]]>CURES</p>", "aCURES"),
    ("<p>a<![CDATA[x>CURES]]></p>", "aCURES]]>"),
    ("<p>seen</p><!-- unclosed", "seen"),
    # Words split by markup
    ("<p>CU<b>RE</b>S</p>", "CURES"),
    ("<p>CU<span>R</span><i>E</i>S</p>", "CURES"),
    ("<p>CU<wbr>RE&shy;S</p>", "CURES"),
    ("<p>CU<!-- x -->RES</p>", "CURES"),
    ("<p>C<a href=x>U</a>RES</p>", "CURES"),
    ("<p>CU<object></object>RES</p>", "CURES"),
    ("<p>CU<custom-tag>RE</custom-tag>S</p>", "CURES"),
    ("<p>CU&#x200b;RE&ZeroWidthSpace;S</p>", "CURES"),
    ("<p>CU<img width=0 src=data:,>RES</p>", "CURES"),
    ("<p>CU<img hidden src=data:,>RES</p>", "CURES"),
    ("<p>&#67;&#x55;R&#69S</p>", "CURES"),
    ("<p>CURE&NotAnEntity;</p>", "CURE&NotAnEntity;"),
    # Text that is not shown does not split what is
    ("<p>CU<span hidden>x</span>RES</p>", "CURES"),
    ("<p>CU<span style='display:none'>x <b>y</b></span>RES</p>", "CURES"),
    ("<p>CU<span style='display:none'>x</p><p>RES</p>", "CURES"),
    ("<p>CU<rp>x</rp>RES</p>", "CURES"),
    ("<p>CU<script>x</script>RE<style>y</style>S</p>", "CURES"),
    ("<p>CU<template>x</template>RES</p>", "CURES"),
    # Hidden, and not hidden after all
    ("<p hidden>x</p>seen", "seen"),
    ("<p hidden style='display:block'>seen</p>", "seen"),
    ("<p style='display:none;display:block'>seen</p>", "seen"),
    ("<p style='display:block;display:none'>x</p>seen", "seen"),
    ("<p style='display:none!important;display:block'>x</p>seen", "seen"),
    ("<p style='/*display:none*/'>seen</p>", "seen"),
    ("<p style='DISPLAY : NONE'>x</p>seen", "seen"),
    ("<div style='visibility:hidden'>x<p style='visibility:visible'>seen</p></div>", "seen"),
    ("<div style='display:none'>x<p style='display:block'>y</p></div>seen", "seen"),
    ("<p aria-hidden=true>seen</p>", "seen"),
    ("<dialog>x</dialog><dialog open>seen</dialog>", "seen"),
    ("<noscript>x</noscript><noframes>y</noframes><noembed>z</noembed>seen", "seen"),
    ("<video>x</video><audio>y</audio><canvas>z</canvas><iframe>i</iframe>seen", "seen"),
    ("<datalist><option>x</option></datalist>seen", "seen"),
    # Elements that are never closed, or closed in the wrong place
    ("<p><code>words of more than five<p>seen without end</p>", "wordsofmorethanfiveseenwithoutend"),
    ("<div><video></div>seen", "seen"),
    ("<p><b>a</p>seen", "aseen"),
    ("<b><p>a</b>seen</p>", "aseen"),
    ("<title>x</title>seen", "seen"),
    ("<p>text <p", "text"),
    ("<p>seen<a href='x", "seen"),
    ("</p></div></body></html>seen", "seen"),
    ("<table>seen<tr><td>cell</table>", "seencell"),
    ("<frameset>seen", "seen"),
    # Elements that show text
    ("<xmp><b>seen</b></xmp>", "<b>seen</b>"),
    ("<listing>seen</listing>", "seen"),
    ("<plaintext>seen</p>", "seen</p>"),
    ("<pre>seen</pre>", "seen"),
    ("<object>seen</object>", "seen"),
    ("<code>These five words are prose.</code>", "Thesefivewordsareprose."),
    ("<kbd>Stop taking all of your tablets today</kbd>", "Stoptakingallofyourtabletstoday"),
    ("<button>seen</button>", "seen"),
    ("<details open><summary>a</summary>seen</details>", "aseen"),
    ("<marquee>seen</marquee>", "seen"),
    ("<svg><text>seen</text></svg>", "seen"),
    ("<svg><foreignObject><p>seen</p></foreignObject></svg>", "seen"),
    ("<math><mtext>Stop taking all of your tablets</mtext></math>", "Stoptakingallofyourtablets"),
    ("<ruby>seen<rp>(</rp><rt>b</rt><rp>)</rp></ruby>", "seenb"),
    ("<select><option>seen</select>", "seen"),
]  # fmt: skip

UNREAD = [
    "<style>p::before{content:'shown'}</style><p></p>",
    "<script>document.write('shown')</script>",
    "<iframe srcdoc='<p>shown</p>'></iframe>",
    "<input value=shown><input placeholder=shown><input type=button value=shown>",
    "<img src=shown.png title=shown>",
]
