// The look of a button, in whichever shadow root it stands: the editor's secondary one.

export const buttonStyle = `
button {
  font: inherit;
  padding: 2px 10px;
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
  border-radius: 3px;
  color: var(--vscode-button-secondaryForeground, var(--vscode-editor-foreground));
  background: var(--vscode-button-secondaryBackground, transparent);
  cursor: pointer;
}
`
