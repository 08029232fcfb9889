// The look of lesson heads, questions, hints and solutions in markdown cells, inside each element's shadow root.
import { buttonStyle } from './button-style.ts'

export const markdownStyles = `
:host { display: block; margin: 0.6em 0; max-width: 80ch; }
:host-context(body.vscode-dark), :host-context(body.vscode-high-contrast:not(.vscode-high-contrast-light)) { color-scheme: dark; }
:host([hidden]) { display: none; }
section, fieldset, details {
  box-sizing: border-box;
  margin: 0;
  padding: 8px 12px 10px;
  border: 1px solid var(--vscode-panel-border, currentColor);
  border-radius: 4px;
  color: var(--vscode-editor-foreground);
  background: var(--vscode-editor-background);
}
p { margin: 0.3em 0; }
ul { margin: 0.2em 0; padding-left: 1.4em; }
code { font-family: var(--vscode-editor-font-family, monospace); }
.kind { font-weight: 600; }
legend { padding: 0 4px; font-weight: 600; }
label { display: flex; gap: 8px; align-items: baseline; padding: 3px 0; }
input { accent-color: var(--vscode-button-background, auto); margin: 0; }
input:focus-visible, summary:focus-visible { outline: 2px solid var(--vscode-focusBorder, currentColor); outline-offset: 2px; }
summary { cursor: pointer; font-weight: 600; }
pre { margin: 0.5em 0; padding: 6px 8px; overflow: auto; font-family: var(--vscode-editor-font-family, monospace); font-size: var(--vscode-editor-font-size, 13px); }
${buttonStyle}pre:focus-visible, button:focus-visible { outline: 2px solid var(--vscode-focusBorder, currentColor); outline-offset: 2px; }
.verdict { font-weight: 600; }
.mark { font-weight: 600; }
`
