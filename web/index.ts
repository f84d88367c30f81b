export { formatClockTime, formatMoment } from './clock-time.ts'
export { createDesk, type DeskActions, type DeskPhase, type DeskState } from './desk.ts'
export { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
export { formatDuration, formatRemaining } from './duration.ts'
export type { HuntActions } from './hunt-agent.ts'
export { createHuntBoard, type HuntBoardState } from './hunt-board.ts'
export type { HuntCancelActions } from './hunt-cancel.ts'
export {
  type HuntAgent,
  type HuntOutcome,
  type HuntStep,
  outcomeOf,
  toSteps,
} from './hunt-steps.ts'
export { createIncidentBoard, type IncidentBoardState } from './incident-board.ts'
export { type CallLine, describeOthers, toCallLines } from './incident-calls.ts'
export type { IncidentActions } from './incident-card.ts'
export {
  type IncidentItem,
  type IncidentPhone,
  type IncidentTicket,
  toIncidents,
} from './incident-list.ts'
export { describeNotes } from './incident-notes.ts'
export {
  createIncidentPast,
  type IncidentPast,
  type Incidents,
  incidentsAtOnce,
} from './incident-past.ts'
export { type DayPlot, toPlot } from './incident-plot.ts'
export { createQueueBoard, type QueuedTask, type TaskTier } from './queue-board.ts'
