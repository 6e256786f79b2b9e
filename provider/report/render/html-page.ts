import { createHash } from "node:crypto";
import { STYLE } from "./html-style.js";
import { Html, html } from "./html-template.js";

/**
 * One file of HTML that needs nothing else: no script, and its own policy forbids it to load, send or run anything but its style
 * sheet. For a screen of any width, in light and dark.
 */
export function htmlPage(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
${body}
</body>
</html>
`.source;
}

/** An empty icon keeps browsers from asking for one. */
function contentPolicy(): string {
  const digest = createHash("sha256").update(STYLE).digest("base64");
  return `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'`;
}
