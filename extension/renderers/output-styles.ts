// The look of an output, inside its shadow root: the theme's own colours and fonts, nothing told by colour alone.
import { buttonStyle } from './button-style.ts'

export const outputStyles = `
:host { display: block; container-type: inline-size; }
section {
  --edge: color-mix(in srgb, var(--vscode-editor-foreground) 65%, var(--vscode-editor-background));
  border-left: 3px solid var(--edge);
  padding: 2px 0 4px 10px;
  color: var(--vscode-editor-foreground);
  background: var(--vscode-editor-background);
  font-family: var(--vscode-font-family);
  font-size: var(--vscode-font-size, 13px);
}
section > * { min-width: 0; }
/* A prediction stands beside the result where there is room, else below it. */
@container (min-width: 720px) {
  section.guessed { display: grid; grid-template-columns: minmax(0, 1fr) minmax(15em, 36%); grid-template-rows: repeat(5, auto) 1fr; column-gap: 16px; }
  section.guessed > * { grid-column: 1; }
  section.guessed > .predictions { grid-column: 2; grid-row: 1 / span 6; }
  .predictions .note:first-child { margin-top: 0; }
}
section.recorded { border-left-style: dashed; }
section.right { border-left-color: var(--vscode-focusBorder, currentColor); }
section.wrong, section.cancelled { border-left-style: double; border-left-width: 6px; }
section.wrong { border-left-color: var(--vscode-errorForeground, var(--edge)); }
header { display: flex; flex-wrap: wrap; align-items: baseline; column-gap: 10px; margin: 0 0 4px; }
h3, h4, p { margin: 0; font-size: inherit; font-weight: normal; }
h3 { font-style: italic; }
h4 { font-weight: 600; }
pre {
  margin: 0;
  max-height: 36em;
  overflow: auto;
  font-family: var(--vscode-editor-font-family, monospace);
  font-size: var(--vscode-editor-font-size, 13px);
  line-height: 1.45;
  white-space: pre;
  tab-size: 8;
}
pre.empty { font-family: var(--vscode-font-family); font-style: italic; }
pre:focus-visible, button:focus-visible, summary:focus-visible {
  outline: 1px solid var(--vscode-focusBorder, currentColor);
  outline-offset: 1px;
}
.line { min-height: 1.45em; width: max-content; min-width: 100%; }
.line.stderr { box-shadow: -5px 0 var(--vscode-editor-background), -7px 0 var(--vscode-editorWarning-foreground, currentColor); }
.stream {
  float: right;
  margin-left: 2em;
  padding: 0 6px;
  border: 1px solid var(--vscode-panel-border, currentColor);
  border-radius: 3px;
  font-family: var(--vscode-font-family);
  font-size: 0.85em;
  user-select: none;
}
.identity { color: var(--identity); border-bottom: 2px solid var(--identity); cursor: help; }
.identity.same { outline: 2px solid var(--identity); }
.identity.capture { border-bottom-style: dotted; }
.stale[hidden] { display: none; }
p.stale {
  width: fit-content;
  max-width: 75ch;
  margin: 0 0 4px;
  padding: 1px 8px;
  border: 1px dashed var(--edge);
  border-radius: 3px;
}
section.stale > pre { border-left: 1px dashed var(--edge); padding-left: 8px; }
.omitted { display: flex; flex-wrap: wrap; gap: 10px; align-items: baseline; padding: 2px 0 6px; }
.omitted[hidden], pre[hidden] { display: none; }
${buttonStyle}button:hover { background: var(--vscode-button-secondaryHoverBackground, transparent); }
.note { margin-top: 8px; padding: 4px 8px; border: 1px solid var(--vscode-panel-border, currentColor); border-radius: 4px; max-width: 75ch; }
.note p { margin-top: 2px; white-space: pre-wrap; overflow-wrap: anywhere; }
summary { cursor: pointer; margin-top: 4px; }
details pre { margin-top: 4px; }
.owners[hidden] { display: none; }
.owners ul { margin: 2px 0 0; padding-left: 1.6em; max-width: 90ch; overflow-wrap: anywhere; }
`
