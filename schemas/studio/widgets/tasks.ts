import { documented, exit, integer, text, type WidgetDescription } from './property.ts'

/** What hands people over to agents. */
export const taskWidgets = {
  /** Puts the call into a queue: of a workflow, with a task, or of its name. */
  'enqueue-call': {
    required: {},
    optional: {
      /** The workflow that finds an agent. */
      workflow_sid: text,
      /** The queue, instead of a workflow. */
      queue_name: text,
      /** JSON that the task says of itself, 1024 letters at most; the builder has `json({ … })`. */
      task_attributes: text,
      /** Priority of the task; more is sooner. */
      priority: integer,
      /** Seconds until the task is given up. */
      timeout: integer,
      /** What callers hear meanwhile: TwiML or a sound file. */
      wait_url: text,
      /** How that is asked for. */
      wait_url_method: documented('GET', 'POST'),
    },
    exits: {
      /** The call left the queue; `QueueResult` says how. */
      callComplete: exit,
      /** It never was in it. */
      failedToEnqueue: exit,
      /** Something broke. */
      callFailure: exit,
    },
  },
  /** Makes a task for an agent of Flex; a call waits for its end, a message goes on. */
  'send-to-flex': {
    required: {
      /** The workflow that finds an agent. */
      workflow: text,
      /** The task channel. */
      channel: text,
    },
    optional: {
      /** JSON that the task says of itself, 1024 letters at most; the builder has `json({ … })`. */
      attributes: text,
      /** Priority of the task, as a text; more is sooner. */
      priority: text,
      /** Seconds until the task is given up, as a text; default 3600, at most two weeks. */
      timeout: text,
      /** What callers hear meanwhile: TwiML or a sound file. */
      waitUrl: text,
      /** How that is asked for. */
      waitUrlMethod: documented('GET', 'POST'),
    },
    exits: {
      /** The call left the queue; of messages, the task is made. */
      callComplete: exit,
      /** There is no task. */
      failedToEnqueue: exit,
      /** Something broke. */
      callFailure: exit,
      /** An agent begins to write. */
      composerStarted: exit,
    },
  },
} as const satisfies Readonly<Record<string, WidgetDescription>>
