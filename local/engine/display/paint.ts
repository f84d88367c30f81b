import { styleText } from 'node:util'
import type { StepOp } from '../planning/step.ts'

/** Colours text, or leaves it alone. */
export type Paint = (op: Tone, text: string) => string

/** What a piece of text is about. */
export type Tone =
  | 'add'
  | 'delete'
  | 'update'
  | 'replace'
  | 'read'
  | 'dim'
  | 'bold'
  | 'error'
  | 'warning'

const styles = {
  add: 'green',
  delete: 'red',
  update: 'yellow',
  replace: 'magenta',
  read: 'cyan',
  dim: 'gray',
  bold: 'bold',
  error: 'red',
  warning: 'yellow',
} as const satisfies Record<Tone, Parameters<typeof styleText>[0]>

/** A painter: with colours when asked for, by default when a terminal shows them. */
export function createPaint(color = showsColors()): Paint {
  return (tone, text) => (color ? styleText(styles[tone], text, { validateStream: false }) : text)
}

/** Sign, tone and words of a step; the words are Pulumi's. */
export const stepLooks: {
  readonly [op in StepOp]: {
    readonly sign: string
    readonly tone: Tone
    readonly plan: string
    readonly done: string
  }
} = {
  same: { sign: ' ', tone: 'dim', plan: 'unchanged', done: 'unchanged' },
  create: { sign: '+', tone: 'add', plan: 'to create', done: 'created' },
  update: { sign: '~', tone: 'update', plan: 'to update', done: 'updated' },
  delete: { sign: '-', tone: 'delete', plan: 'to delete', done: 'deleted' },
  replace: { sign: '+-', tone: 'replace', plan: 'to replace', done: 'replaced' },
  'create-replacement': {
    sign: '++',
    tone: 'add',
    plan: 'to create replacement',
    done: 'created replacement',
  },
  'delete-replaced': {
    sign: '--',
    tone: 'delete',
    plan: 'to delete original',
    done: 'deleted original',
  },
  read: { sign: '>', tone: 'read', plan: 'to read', done: 'read' },
  'read-replacement': { sign: '>>', tone: 'read', plan: 'to read', done: 'read' },
  refresh: { sign: '~', tone: 'update', plan: 'to refresh', done: 'refreshed' },
  discard: { sign: '<', tone: 'read', plan: 'to discard', done: 'discarded' },
  'discard-replaced': { sign: '<<', tone: 'read', plan: 'to discard', done: 'discarded' },
  'remove-pending-replace': {
    sign: '~',
    tone: 'dim',
    plan: 'to forget',
    done: 'forgotten',
  },
  import: { sign: '=', tone: 'add', plan: 'to import', done: 'imported' },
  'import-replacement': { sign: '=>', tone: 'add', plan: 'to import', done: 'imported' },
}

function showsColors(): boolean {
  return process.stdout.isTTY === true && !process.env['NO_COLOR']
}
