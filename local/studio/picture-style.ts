// What a widget has to do with: the colour of its stripe.
const families: Readonly<Record<string, string>> = {
  trigger: 'start',
  'split-based-on': 'logic',
  'set-variables': 'logic',
  'run-subflow': 'logic',
  'make-http-request': 'ask',
  'run-function': 'ask',
  'add-twiml-redirect': 'ask',
  'send-to-flex': 'hand-on',
  'enqueue-call': 'hand-on',
  'connect-call-to': 'hand-on',
  'send-message': 'message',
  'send-and-wait-for-reply': 'message',
  'start-conversation': 'message',
  'resume-conversation': 'message',
}

/** Which family a type of widget is drawn in; what is heard or said on a call is the rest. */
export function familyOf(type: string): string {
  return families[type] ?? 'voice'
}

/** The picture’s style sheet: colours follow the page’s scheme. */
export const style = `
svg{color-scheme:light dark;font-family:system-ui,sans-serif;--page:#fff;--box:#fff;--line:#c9ced6;--ink:#1c2330;--faint:#667085;--edge:#7b8794;--voice:#2f6fed;--logic:#8a4fd8;--ask:#c77700;--hand-on:#0a8f5b;--message:#0b8fa8;--start:#5b6472}
@media (prefers-color-scheme:dark){svg{--page:#14171c;--box:#1e232b;--line:#3b4350;--ink:#e8ebf0;--faint:#9aa4b2;--edge:#8b97a6;--voice:#6c9bff;--logic:#b58af2;--ask:#f0a73a;--hand-on:#3fc58d;--message:#45bfd8;--start:#98a2b0}}
.page{fill:var(--page)}
.box{fill:var(--box);stroke:var(--line)}
.stripe{fill:var(--of)}
.voice{--of:var(--voice)}.logic{--of:var(--logic)}.ask{--of:var(--ask)}.hand-on{--of:var(--hand-on)}.message{--of:var(--message)}.start{--of:var(--start)}
text{fill:var(--ink);font-size:12px}
.flow{font-size:20px;font-weight:600}.about{font-size:14px;font-weight:400;fill:var(--faint)}
.type{font-size:11px;fill:var(--of)}.name{font-size:15px;font-weight:600}.line{fill:var(--faint)}
marker path{fill:var(--edge)}
.exit text{text-anchor:middle;font-size:11px;fill:var(--faint)}
.exit path,.rule{stroke:var(--line);fill:none}
.edge{fill:none;stroke:var(--edge);stroke-width:1.5;marker-end:url(#tip)}
.edge.back{stroke-dasharray:5 3}
.edge:hover{stroke:var(--voice);stroke-width:3}
`
