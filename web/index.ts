export { createDesk, type DeskActions, type DeskPhase, type DeskState } from './desk.ts'
export { element, keyedList, type Part, setAttribute, setText, show } from './dom.ts'
export { formatDuration, formatRemaining } from './duration.ts'
export { createQueueBoard, type QueuedTask, type TaskTier } from './queue-board.ts'
