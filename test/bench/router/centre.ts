import type { Command } from '../../../routing/index.ts'

export const workerCount = 50
export const languages = ['en', 'es', 'de', 'fr', 'it'] as const
export const available = 'WA-available'
export const offline = 'WA-offline'
export const voice = 'TC-voice'
export const workflowSid = 'WW-calls'

/**
 * Fifty workers who speak two of five languages each, a queue a language, and a filter a language with three tiers:
 * tier-1 workers for 20 s, tiers 1 and 2 for 40 s more, then everybody, with a higher priority.
 */
export const opening: readonly Command[] = [
  { kind: 'put-activity', sid: available, friendlyName: 'Available', available: true },
  { kind: 'put-activity', sid: offline, friendlyName: 'Offline', available: false },
  { kind: 'put-workspace', timeoutActivitySid: offline },
  { kind: 'put-task-channel', sid: voice, uniqueName: 'voice', channelOptimizedRouting: false },
  ...Array.from(
    { length: workerCount },
    (_, i): Command => ({
      kind: 'put-worker',
      sid: `WK${i}`,
      friendlyName: `agent ${i}`,
      attributes: {
        languages: [languages[i % 5], languages[(i + 1 + (i % 3)) % 5]],
        tier: 1 + (Math.floor(i / 5) % 3),
      },
      activitySid: available,
    }),
  ),
  ...languages.map(
    (language): Command => ({
      kind: 'put-task-queue',
      sid: `WQ-${language}`,
      friendlyName: language,
      targetWorkers: `languages HAS '${language}'`,
      maxReservedWorkers: 1,
      taskOrder: 'FIFO',
    }),
  ),
  {
    kind: 'put-workflow',
    sid: workflowSid,
    friendlyName: 'Calls',
    taskReservationTimeoutSeconds: 15,
    configuration: {
      task_routing: {
        filters: languages.map((language) => ({
          filter_friendly_name: language,
          expression: `selected_language == '${language}'`,
          targets: [
            { queue: `WQ-${language}`, expression: 'worker.tier == 1', timeout: 20 },
            {
              expression: 'worker.tier <= 2 AND task.selected_language IN worker.languages',
              timeout: 40,
            },
            { priority: 5 },
          ],
        })),
      },
    },
  },
]
