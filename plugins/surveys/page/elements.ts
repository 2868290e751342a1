type Child = Node | string | null

/** An element with attributes (an absent one is null) and children; `on...` is a listener. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | null | ((event: Event) => void)>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name.slice(2), value)
    else if (value !== null) made.setAttribute(name, value)
  }
  made.append(...children.filter((child) => child !== null))
  return made
}
