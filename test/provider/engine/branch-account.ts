import type { Declaration } from './declaration.ts'

/** What a centre has for a branch: an account below its own. */
export const branchAccount: readonly Declaration[] = [
  {
    name: 'branch-account',
    type: 'twilio:account:Subaccount',
    program: () => ({ friendlyName: 'Branch office', closeOnDelete: true }),
  },
]
