/** The one style sheet of all pages. It stands inline in each page; its hash lets the browser take it and no other. */
export const style = `
:root{--ink:#16202e;--soft:#4d5b6a;--line:#d5dce4;--field:#7b8896;--paper:#fff;--desk:#f2f4f7;--accent:#0f4c81;--tint:#eef4fa;--good:#1d6b48;--good-tint:#e9f5ee;--bad:#a32a1f;--bad-tint:#fcefed;--look:#7a4b00;--look-tint:#fdf3e1;color-scheme:light dark}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#a9b6c4;--line:#33414f;--field:#74869a;--paper:#18222d;--desk:#0f161d;--accent:#7db8ee;--tint:#1d2c3b;--good:#7fd0a6;--good-tint:#16301f;--bad:#f2a097;--bad-tint:#3a1d1b;--look:#efc277;--look-tint:#33270f}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--desk);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:.15em}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--paper);padding:8px 12px;z-index:1}
.bar{background:var(--paper);border-bottom:1px solid var(--line)}
.bar p{max-width:1120px;margin:0 auto;padding:12px 16px;display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px;font-size:15px;color:var(--soft)}
.bar strong{color:var(--ink);letter-spacing:-.01em;font-weight:650}
.bar svg{flex:none;color:var(--accent)}
main{max-width:1120px;margin:0 auto;padding:20px 16px 40px}
main.narrow{max-width:680px}
footer{max-width:1120px;margin:0 auto;padding:0 16px 40px;color:var(--soft);font-size:14px}
footer.narrow{max-width:680px}
h1{font-size:24px;line-height:1.25;margin:0;letter-spacing:-.015em;font-weight:650}
h2{font-size:18px;line-height:1.35;margin:0 0 10px;font-weight:650}
h3{font-size:16px;line-height:1.4;margin:20px 0 4px;font-weight:650}
p{margin:0 0 12px}
p:last-child,ul:last-child,ol:last-child{margin-bottom:0}
ul,ol{margin:0 0 12px;padding-left:22px}
li{margin-bottom:6px}
.eyebrow{color:var(--soft);font-size:15px;margin:0 0 6px}
.amount{font-size:32px;line-height:1.2;font-weight:700;letter-spacing:-.02em;margin:6px 0 10px;font-variant-numeric:tabular-nums}
.due{margin:0;color:var(--soft)}
.due strong{color:var(--ink)}
.hero{margin-bottom:20px}
.card{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:18px 16px;margin-bottom:16px}
.soft{color:var(--soft)}
.small{font-size:14px}
blockquote{margin:0 0 12px;padding:10px 14px;border-left:4px solid var(--accent);background:var(--tint);border-radius:0 6px 6px 0}
blockquote footer{padding:0;margin:4px 0 0;max-width:none}
dl{margin:0;display:grid;grid-template-columns:minmax(9.5em,34%) 1fr;font-size:15px}
dt,dd{margin:0;padding:8px 0;border-top:1px solid var(--line)}
dt{color:var(--soft);padding-right:12px}
dl>dt:first-of-type,dl>dt:first-of-type+dd{border-top:0}
dd{font-variant-numeric:tabular-nums}
dt:has(+dd+.from),dd:has(+.from){padding-bottom:1px}
dd.from{grid-column:1/-1;padding-top:0;border-top:0;color:var(--soft);font-size:14px}
.tag{display:inline-block;font-size:13px;line-height:1.4;font-weight:600;padding:1px 8px;border-radius:99px;background:var(--look-tint);color:var(--look);margin-left:8px;white-space:nowrap}
.said{box-shadow:inset 5px 0 0 var(--accent)}
.said.good{box-shadow:inset 5px 0 0 var(--good)}
.said.bad{box-shadow:inset 5px 0 0 var(--bad)}
.open{display:flex;align-items:center;justify-content:center;gap:8px;min-height:48px;padding:10px 16px;border:1px solid var(--field);border-radius:8px;background:var(--paper);font-weight:600;text-decoration:none}
.open:hover{background:var(--tint)}
fieldset{border:0;margin:0 0 18px;padding:0;min-width:0}
legend{padding:0;font-weight:650;margin-bottom:8px}
.choice{display:flex;align-items:center;gap:12px;min-height:56px;padding:12px 14px;margin-bottom:10px;border:1px solid var(--field);border-radius:10px;cursor:pointer;font-weight:600}
.choice span{display:block;font-weight:400;font-size:14px;color:var(--soft)}
.choice input{flex:none;width:22px;height:22px;margin:0;accent-color:var(--accent)}
.choice:hover{background:var(--tint)}
.choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent);background:var(--tint)}
.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice input:focus-visible{outline:0}
.field{margin-bottom:16px}
.field>label{display:block;font-weight:600;margin-bottom:4px}
form>fieldset:has(.pair){border-top:1px solid var(--line);margin-bottom:8px}
form>fieldset:has(.pair):first-child{border-top:0}
fieldset:has(.pair)>legend{float:left;width:100%;padding-top:16px;margin-bottom:12px;font-size:17px}
fieldset>.pair{clear:both}
.after{margin-top:14px}
.hint{display:block;color:var(--soft);font-size:14px;margin-bottom:6px}
.wrong{display:block;color:var(--bad);font-size:15px;font-weight:600;margin-bottom:6px}
input:not([type=radio]),select,textarea{width:100%;min-height:48px;padding:10px 12px;font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--field);border-radius:8px}
textarea{min-height:96px;resize:vertical}
[aria-invalid=true]{border-color:var(--bad);box-shadow:inset 0 0 0 1px var(--bad)}
.pair{display:grid;gap:0 16px}
button{width:100%;min-height:52px;padding:12px 20px;font:inherit;font-size:17px;font-weight:650;color:#fff;background:#0f4c81;border:0;border-radius:10px;cursor:pointer}
button:hover{background:#0b3a63}
.problem{border:2px solid var(--bad);background:var(--bad-tint)}
.problem h2{color:var(--bad)}
.problem a{color:var(--bad);font-weight:600}
.timeline{list-style:none;margin:0;padding:0}
.timeline>li{position:relative;margin:0;padding:0 0 20px 24px;border-left:2px solid var(--line)}
.timeline>li:last-child{border-left-color:transparent;padding-bottom:0}
.timeline>li::before{content:"";position:absolute;left:-7px;top:6px;width:12px;height:12px;border-radius:50%;background:var(--paper);border:3px solid var(--accent)}
.timeline p{margin:0}
.timeline time{color:var(--soft);font-size:14px;font-variant-numeric:tabular-nums}
.tag.plain{background:var(--desk);color:var(--soft)}
.tag.good{background:var(--good-tint);color:var(--good)}
.tag.bad{background:var(--bad-tint);color:var(--bad)}
pre{margin:8px 0 0;padding:14px 16px;background:var(--desk);border:1px solid var(--line);border-radius:8px;font:14px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
.document{font:14px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
input.digits{max-width:10em;font-size:22px;letter-spacing:.2em;font-variant-numeric:tabular-nums}
.findings{list-style:none;padding:0}
.findings>li{margin:0;padding:14px 0;border-top:1px solid var(--line)}
.findings>li:first-child{border-top:0;padding-top:2px}
.findings>li:last-child{padding-bottom:0}
.findings p{margin:0 0 6px}
.changes>li{margin-bottom:18px}
.changes p{margin:0 0 4px}
.change{grid-template-columns:7em 1fr}
.change dt,.change dd{padding:4px 0;border-top:0}
.figure{font-size:18px}
.number{font-variant-numeric:tabular-nums;white-space:nowrap}
.press{color:#fff;background:#0f4c81;border-color:#0f4c81}
.press:hover{background:#0b3a63}
.links{display:flex;flex-wrap:wrap;gap:8px 24px}
details{margin-top:4px}
details+button{margin-top:14px}
summary{color:var(--accent);font-size:14px;cursor:pointer;padding:4px 0}
details dl{font-size:14px}
code{font:.9em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (min-width:600px){dt:has(+dd+.from){grid-row:span 2}dd.from{grid-column:2}.pair{grid-template-columns:1fr 1fr}button{width:auto;min-width:220px}.card{padding:22px 24px}main{padding-top:32px}.bar p,main,footer{padding-left:24px;padding-right:24px}h1{font-size:30px}.amount{font-size:38px}}
@media (min-width:960px){.two{display:grid;grid-template-columns:minmax(0,1fr) 400px;grid-template-areas:"why form" "rest form";grid-template-rows:auto 1fr;gap:0 24px;align-items:start}.two>.why{grid-area:why}.two>.form{grid-area:form}.two>.rest{grid-area:rest}.two button{width:100%}}
@media (min-width:960px) and (min-height:800px){.two>.form:not(.loose){position:sticky;top:24px}}
@media print{body{background:#fff}form,.open,.skip{display:none}.card{break-inside:avoid}}
`

/** What a Content-Security-Policy names to let this style sheet in. A test recomputes it. */
export const styleHash = 'sha256-iwlvYcXvugeMMBBnMhbilGzCPtjmXvJS/xwYwSWN7Ys='
