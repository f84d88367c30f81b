import {
  type Box,
  exitsOf,
  exitWidth,
  layOut,
  type Place,
  placeOf,
  sizeOf,
} from '../../routing/index.ts'
import type { FlowDefinition, FlowState } from '../../schemas/index.ts'
import type { Point } from './grid.ts'
import { familyOf, style } from './picture-style.ts'
import { type Edge, routeEdges } from './route-edges.ts'
import { titleOf } from './widget-title.ts'

/** A widget in the picture. */
type Drawn = { readonly state: FlowState; readonly box: Box }

/** A connection in the picture, and what it says. */
type Connection = Edge & { readonly title: string; readonly name: string }

const tabHeight = 20
const border = 40
const heading = 40

/** A flow as an SVG picture, light or dark as the page around it. */
export function drawFlow(name: string, definition: FlowDefinition): string {
  const { states } = layOut(definition)
  const widgets = states.map((state) => ({ state, box: boxOf(state) }))
  const connections = connectionsOf(widgets)
  const routes = routeEdges(
    widgets.map(({ box }) => box),
    connections,
  )
  const view = viewOf(widgets, routes)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view.x} ${view.y} ${view.width} ${view.height}" width="${view.width}" height="${view.height}" role="img" aria-label="Flow ${escapeXml(name)}">`,
    `<style>${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="page" x="${view.x}" y="${view.y}" width="${view.width}" height="${view.height}"/>`,
    `<text class="flow" x="${view.x + border}" y="${view.y + heading}">${escapeXml(name)}<tspan class="about" dx="12">${escapeXml(definition.description ?? '')}</tspan></text>`,
    ...connections.map((connection, i) => drawConnection(connection, routes[i] ?? [])),
    ...widgets.map(drawWidget),
    '</svg>',
    '',
  ].join('\n')
}

function boxOf(state: FlowState): Box {
  const { x, y }: Place = placeOf(state) ?? { x: 0, y: 0 }
  return { x, y, ...sizeOf(state) }
}

function connectionsOf(widgets: readonly Drawn[]): readonly Connection[] {
  const byName = new Map(widgets.map((widget) => [widget.state.name, widget]))
  const exits = widgets.flatMap(({ state, box }) =>
    tabsOf(state, box).flatMap(({ label, next, x, width }) => {
      const target = byName.get(next)
      return target
        ? [{ name: state.name, label, target, from: { x: x + width / 2, y: box.y + box.height } }]
        : []
    }),
  )
  return exits.map(({ name, label, target, from }) => ({
    from,
    to: entryOf(target.box, from),
    target: target.state.name,
    name,
    title: `${name}, ${label} → ${target.state.name}`,
  }))
}

// Straight down where that hits the target; else in its middle.
function entryOf({ x, y, width }: Box, from: Point): Point {
  const inset = 20
  const below = from.y < y && from.x >= x + inset && from.x <= x + width - inset
  return { x: below ? from.x : x + width / 2, y }
}

function tabsOf(state: FlowState, { x, width }: Box) {
  const exits = exitsOf(state)
  const spare = width - exits.reduce((sum, exit) => sum + exitWidth(exit), 0)
  let at = x
  return exits.map((exit) => {
    const tab = { ...exit, x: at, width: exitWidth(exit) + spare / exits.length }
    at += tab.width
    return tab
  })
}

function drawConnection({ from, to, title, target, name }: Connection, route: readonly Point[]) {
  const back = to.y <= from.y ? ' back' : ''
  return `<path class="edge${back}" data-from="${escapeXml(name)}" data-to="${escapeXml(target)}" d="${rounded(route)}"><title>${escapeXml(title)}</title></path>`
}

function drawWidget({ state, box }: Drawn): string {
  const { x, y, width, height } = box
  const { line, whole } = titleOf(state, width)
  const tabs = tabsOf(state, box)
  return [
    `<g class="widget ${familyOf(state.type)}" data-widget="${escapeXml(state.name)}"><title>${escapeXml(whole)}</title>`,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>`,
    `<path class="stripe" d="M${x} ${y + 8}a8 8 0 0 1 8-8h${width - 16}a8 8 0 0 1 8 8z"/>`,
    `<text class="type" x="${x + 12}" y="${y + 23}">${escapeXml(state.type)}</text>`,
    `<text class="name" x="${x + 12}" y="${y + 42}">${escapeXml(state.name)}</text>`,
    `<text class="line" x="${x + 12}" y="${y + 60}">${escapeXml(line)}</text>`,
    ...tabs.map(
      (tab, i) =>
        `<g class="exit">${i > 0 ? `<path d="M${round(tab.x)} ${y + height - tabHeight}v${tabHeight}"/>` : ''}<text x="${round(tab.x + tab.width / 2)}" y="${y + height - 6}">${escapeXml(tab.label)}</text></g>`,
    ),
    ...(tabs.length > 0
      ? [`<path class="rule" d="M${x} ${y + height - tabHeight}h${width}"/>`]
      : []),
    '</g>',
  ].join('')
}

// Corners with a radius, as far as there is room for it.
function rounded(route: readonly Point[]): string {
  return route
    .map((point, i) => {
      const [before, after] = [route[i - 1], route[i + 1]]
      if (!before) return `M${round(point.x)} ${round(point.y)}`
      if (!after) return `L${round(point.x)} ${round(point.y)}`
      const [first, second] = [toward(point, before), toward(point, after)]
      return `L${round(first.x)} ${round(first.y)}Q${round(point.x)} ${round(point.y)} ${round(second.x)} ${round(second.y)}`
    })
    .join('')
}

function toward(point: Point, other: Point): Point {
  const length = Math.hypot(other.x - point.x, other.y - point.y)
  const part = length === 0 ? 0 : Math.min(8, length / 2) / length
  return { x: point.x + (other.x - point.x) * part, y: point.y + (other.y - point.y) * part }
}

function viewOf(widgets: readonly Drawn[], routes: readonly (readonly Point[])[]): Box {
  const points = [
    ...routes.flat(),
    ...widgets.flatMap(({ box }) => [box, { x: box.x + box.width, y: box.y + box.height }]),
  ]
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs) - border, Math.min(...ys) - border - heading]
  return {
    x: left,
    y: top,
    width: Math.max(...xs) + border - left,
    height: Math.max(...ys) + border - top,
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
