import type { Declaration } from './declaration.ts'

/** What a centre sets of Flex. */
export const flex: readonly Declaration[] = [
  {
    name: 'flex',
    type: 'twilio:flex:Configuration',
    program: ({ workspace, calls }) => ({
      taskrouterWorkspaceSid: workspace,
      taskrouterTargetWorkflowSid: calls,
      uiAttributes: { wallboard: { refreshSeconds: 5 } },
    }),
  },
]
