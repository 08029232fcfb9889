// Builds the page element by element, so that text stays text.

/** Appends a new element with these attributes and returns it. */
export function child<K extends keyof HTMLElementTagNameMap>(
  parent: ParentNode,
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  parent.append(element)
  return element
}
