// The look of annotated listings: code and notes side by side where there is room, the notes below where there is not. Colours
// are the editor's; on a page without them those of a light or dark system. What is lit has a bar and a filled number
// besides its colour.

export const listingStyles = `
.annotated-listing {
  --surface: var(--vscode-notebook-cellEditorBackground, var(--vscode-editor-background, Canvas));
  --ink: var(--vscode-editor-foreground, CanvasText);
  --accent: var(--vscode-focusBorder, Highlight);
  --edge: color-mix(in srgb, var(--ink) 22%, transparent);
  --lit: color-mix(in srgb, var(--accent) 14%, var(--surface));
  --on-accent: var(--vscode-editor-background, HighlightText);
  container-type: inline-size;
  display: block;
  margin: 1em 0 1.2em;
  border: 1px solid var(--vscode-contrastBorder, var(--edge));
  border-radius: 6px;
  color: var(--ink);
  background: var(--surface);
  overflow: hidden;
}
.annotated-listing *, .annotated-listing *::before { box-sizing: border-box; }
.annotated-listing .bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 6px;
  padding: 5px 8px 5px 14px;
  border-bottom: 1px solid var(--vscode-contrastBorder, var(--edge));
  font-size: 0.92em;
  line-height: 1.5;
  user-select: none;
}
.annotated-listing .title { flex: 1 1 auto; min-width: 0; overflow-wrap: anywhere; font-weight: 600; }
.annotated-listing .position { margin-right: 4px; white-space: nowrap; font-variant-numeric: tabular-nums; }
.annotated-listing button {
  font: inherit;
  color: inherit;
  background: transparent;
  border: 1px solid transparent;
  border-radius: 4px;
  cursor: pointer;
}
.annotated-listing .bar button { min-width: 26px; min-height: 26px; padding: 1px 8px; border-color: var(--edge); }
.annotated-listing .bar button:hover { background: var(--vscode-toolbar-hoverBackground, var(--lit)); border-color: var(--ink); }
.annotated-listing button:focus-visible, .annotated-listing ol.notes:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 1px;
}
.annotated-listing ol.notes:focus-visible { outline-offset: -2px; }
.annotated-listing .panes { display: grid; grid-template-columns: minmax(0, 1fr); }
.annotated-listing .panes > pre {
  position: relative;
  margin: 0;
  padding: 10px 0;
  max-height: 26em;
  overflow: auto;
  border: 0;
  border-radius: 0;
  background: transparent;
  font-size: var(--vscode-editor-font-size, 13px);
}
.annotated-listing .panes > pre code {
  display: block;
  width: max-content;
  min-width: 100%;
  margin: 0;
  padding: 0;
  border: 0;
  color: inherit;
  background: transparent;
  font-family: var(--vscode-editor-font-family, ui-monospace, monospace);
  font-size: 1em;
  line-height: 1.6;
  white-space: pre;
  tab-size: 8;
}
.annotated-listing .line {
  display: inline-block;
  min-width: 100%;
  padding: 0 16px 0 11px;
  border-left: 3px solid transparent;
}
.annotated-listing .line.noted { cursor: pointer; }
.annotated-listing .marker, .annotated-listing ol.notes > li::before {
  display: inline-block;
  min-width: 1.7em;
  height: 1.7em;
  padding: 0 0.25em;
  border: 1px solid color-mix(in srgb, var(--ink) 62%, transparent);
  border-radius: 1em;
  font: 600 11px/1.55em var(--vscode-font-family, system-ui, sans-serif);
  font-variant-numeric: tabular-nums;
  text-align: center;
  vertical-align: 0.04em;
  user-select: none;
}
.annotated-listing .marker { margin-left: 1.1em; }
.annotated-listing button.marker::before { content: attr(data-note); }
.annotated-listing button.marker { position: sticky; right: 8px; border-radius: 1em; background: var(--surface); }
.annotated-listing button.marker:hover,
.annotated-listing .lit > .marker,
.annotated-listing ol.notes > li.lit::before { color: var(--on-accent); background: var(--accent); border-color: var(--accent); }
.annotated-listing ol.notes {
  position: relative;
  max-height: 17em;
  margin: 0;
  padding: 4px 0;
  overflow: auto;
  border-top: 1px solid var(--vscode-contrastBorder, var(--edge));
  list-style: none;
  font-size: 0.92em;
  line-height: 1.5;
}
.annotated-listing ol.notes > li {
  position: relative;
  margin: 0;
  padding: 7px 16px 7px 42px;
  border-left: 3px solid transparent;
  cursor: pointer;
}
.annotated-listing .line.lit, .annotated-listing ol.notes > li.lit {
  background: var(--lit);
  border-left-color: var(--accent);
}
.annotated-listing ol.notes > li::before { content: attr(data-note); position: absolute; left: 11px; top: 9px; }
.annotated-listing ol.notes > li > :first-child { margin-top: 0; }
.annotated-listing ol.notes > li > :last-child { margin-bottom: 0; }
.annotated-listing ol.notes pre { margin: 0.4em 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.annotated-listing ol.notes p { margin: 0 0 0.5em; max-width: 68ch; }
.annotated-listing ol.notes a { text-decoration: underline; }
.annotated-listing ol.notes code { overflow-wrap: anywhere; }
.annotated-listing .status {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
@container (min-width: 820px) {
  .annotated-listing .panes { grid-template-columns: minmax(0, auto) minmax(300px, 1fr); }
  .annotated-listing .panes > pre { max-height: 600px; }
  .annotated-listing .panes { grid-template-rows: minmax(0, max-content); }
  .annotated-listing ol.notes {
    max-height: 600px;
    border-top: 0;
    border-left: 1px solid var(--vscode-contrastBorder, var(--edge));
    padding: 6px 0;
  }
}
@media (prefers-reduced-motion: no-preference) {
  .annotated-listing .panes > pre, .annotated-listing ol.notes { scroll-behavior: smooth; }
  .annotated-listing .line, .annotated-listing li { transition: background-color 0.12s; }
}
@media (forced-colors: active) {
  .annotated-listing .lit { outline: 2px solid Highlight; outline-offset: -2px; }
  .annotated-listing .lit > .marker, .annotated-listing ol.notes > li.lit::before { forced-color-adjust: none; color: HighlightText; background: Highlight; }
}
@media print {
  .annotated-listing { border-color: #999; color: #000; background: none; overflow: visible; }
  .annotated-listing .bar button, .annotated-listing .position { display: none; }
  .annotated-listing .panes { display: block; }
  .annotated-listing .panes > pre, .annotated-listing ol.notes { max-height: none !important; overflow: visible; border-left: 0; }
  .annotated-listing .panes > pre code { width: auto; white-space: pre-wrap; }
  .annotated-listing .line.lit, .annotated-listing ol.notes > li.lit { background: none; border-left-color: transparent; }
  .annotated-listing .line span { color: inherit !important; }
  .annotated-listing li { break-inside: avoid; }
}
`
