// The notebook's type, as package.json contributes it.

export const notebookType = 'pause-lab'
