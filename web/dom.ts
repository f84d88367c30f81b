/** What an element starts with: functions are listeners, booleans toggle an attribute, strings set one. */
export type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void)>>

/** Makes an element. Children are nodes or plain text; nothing is ever parsed as HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(name, value)
    else if (typeof value === 'boolean') made.toggleAttribute(name, value)
    else made.setAttribute(name, value)
  }
  made.append(...children)
  return made
}

/** Sets a text only when it differs, so that screen readers hear changes and selections survive. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text
}

/** Sets an attribute only when it differs. */
export function setAttribute(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value)
}

/** Shows or hides an element; a hidden one that held the focus hands it to `fallback`. */
export function show(target: HTMLElement, visible: boolean, fallback?: HTMLElement): void {
  if (target.hidden !== visible) return
  const hadFocus = !visible && target.contains(document.activeElement)
  target.hidden = !visible
  if (hadFocus) fallback?.focus()
}

/** A piece of the page that shows a state and is told when it changed. */
export interface Part<State> {
  readonly element: HTMLElement
  /** `now` is the centre's time in ms; called at least four times a second. */
  update(state: State, now: number): void
}

/** Keeps one part for each item of a list, by key and in order. Parts are kept, so focus stays where it is. */
export function keyedList<Item>(
  container: HTMLElement,
  keyOf: (item: Item) => string,
  create: (item: Item) => Part<Item>,
): (items: readonly Item[], now: number) => void {
  const parts = new Map<string, Part<Item>>()
  return (items, now) => {
    const seen = new Set(items.map(keyOf))
    for (const [key, part] of parts) {
      if (seen.has(key)) continue
      part.element.remove()
      parts.delete(key)
    }
    let position = container.firstElementChild
    for (const item of items) {
      const key = keyOf(item)
      const part = parts.get(key) ?? create(item)
      parts.set(key, part)
      if (part.element === position) position = position.nextElementSibling
      else container.insertBefore(part.element, position)
      part.update(item, now)
    }
  }
}
