"""Texts as they are pasted, and texts that mean harm. All of them our own."""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8><style>p.MsoNormal{font-size:16pt}</style></head>
<body lang=ZH-CN><!--StartFragment--><h1 style='text-align:center'><span style='font-size:22pt'>四步交接</span></h1>
<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US>&nbsp;</span><span style='font-family:宋体'>清晨七点，<b>交接班</b>开始。<o:p></o:p></span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Wingdings'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]><span>看监护</span></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span>·<span>&nbsp;</span></span><span>问疼痛</span></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span>1.<span>&nbsp;&nbsp;</span></span>看</p><p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>2.&nbsp;问</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><table class=MsoTableGrid border=1><tr><td width=100><p class=MsoNormal>步骤</p></td><td><p>谁做</p></td></tr></table><!--EndFragment--></body></html>"""

WECHAT = (
    '<section style="font-size:16px" data-tool="x"><section style="margin:10px"><p style="text-indent:2em">'
    '<span style="font-weight: bold">标题</span>　　正文<br></p><section><img data-src="https://pictures.invalid/x.png" '
    'src="https://pictures.invalid/x.png"></section><section>第二段<strong>重点</strong></section></section></section>'
)

# Each tries to run something where a text is shown; `window.pwned` tells whether it could.
_RUN = "window.pwned=1"
ATTACKS = (
    f"<script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f"<svg onload={_RUN}></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s></svg>",
    f"<a href='javascript:{_RUN}'>点我</a>",
    f"<a href='java\tscript:{_RUN}'>点我</a>",
    f"<a href='&#106;avascript:{_RUN}'>点我</a>",
    f"<a href='data:text/html,<script>{_RUN}</script>'>点我</a>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={_RUN}></style></mglyph></table></mtext></math>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'></noscript>",
    f"<style>@import 'x';</style><p style='background:url(javascript:{_RUN})'>字</p>",
    f"<form action='javascript:{_RUN}'><button>按</button></form>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<video><source onerror={_RUN}></video>",
    f"<object data='javascript:{_RUN}'></object><embed src='javascript:{_RUN}'>",
    f"<base href='javascript:{_RUN}//'><meta http-equiv=refresh content='0;javascript:{_RUN}'>",
    f"<p id=main onclick={_RUN}>clobber</p><img name=body src=/read/1/files/1/ onload={_RUN}>",
    f"\"><img src=x onerror={_RUN}>",
    f"'-{_RUN}-'",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    f"</textarea><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"<p hx-get='/' hx-trigger='load' hx-on:load='{_RUN}' x-data x-init='{_RUN}'>属性</p>",
    "<img src='/read/1/files/1/../../../accounts/logout/'>",
    "<a href='//elsewhere.invalid'>外</a>",
)  # fmt: skip
