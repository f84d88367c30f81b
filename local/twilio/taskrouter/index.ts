export { createTaskRouter, type TaskRouter } from './task-router.ts'
