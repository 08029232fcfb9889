// The look of stepping through a program: the line that runs has an arrow besides its colour, the process a sentence.

export const steppingStyles = `
.annotated-listing .stepping {
  padding: 6px 14px 7px;
  border-bottom: 1px solid var(--vscode-contrastBorder, var(--edge));
  font-size: 0.92em;
  line-height: 1.5;
}
.annotated-listing .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 6px; }
.annotated-listing .stepping-title { flex: 1 1 100%; min-width: 0; }
.annotated-listing .stepping button, .annotated-listing .stepping select {
  min-height: 26px;
  padding: 1px 10px;
  border: 1px solid var(--vscode-contrastBorder, color-mix(in srgb, var(--ink) 45%, transparent));
  border-radius: 4px;
}
.annotated-listing .stepping button:not([aria-disabled="true"]):hover { background: var(--vscode-toolbar-hoverBackground, var(--lit)); border-color: var(--ink); }
.annotated-listing .stepping button[aria-disabled="true"] { color: color-mix(in srgb, var(--ink) 70%, var(--surface)); border-style: dashed; cursor: default; }
.annotated-listing .stepping label { display: inline-flex; align-items: center; gap: 6px; margin-left: 8px; }
.annotated-listing .stepping select { font: inherit; color: var(--ink); background: var(--surface); }
.annotated-listing .stepping select:focus-visible, .annotated-listing .said:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.annotated-listing .process { margin: 6px 0 0; font-variant-numeric: tabular-nums; }
.annotated-listing .stepping .said {
  max-height: 7em;
  margin: 5px 0 0;
  padding: 4px 8px;
  overflow: auto;
  border-left: 3px solid var(--edge);
  background: transparent;
  font-family: var(--vscode-editor-font-family, ui-monospace, monospace);
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.annotated-listing .stepping .said[hidden] { display: none; }
.annotated-listing[data-step] .line { position: relative; padding-left: 24px; }
.annotated-listing .line.current { background: var(--vscode-editor-stackFrameHighlightBackground, var(--lit)); outline: 1px solid var(--accent); outline-offset: -1px; }
.annotated-listing .line.current::before { content: '\\25B6'; position: absolute; left: 5px; color: var(--ink); font-size: 0.75em; line-height: 2.1; }
@media (forced-colors: active) {
  .annotated-listing .line.current { outline: 2px solid Highlight; }
}
@media print {
  .annotated-listing .stepping { display: none; }
  .annotated-listing .line.current { background: none; outline: 0; }
  .annotated-listing .line.current::before { content: none; }
}
`
