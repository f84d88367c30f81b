import { isoDate } from '../rest/date.ts'
import type { FlowRow } from './flows.ts'
import type { Revision } from './revision.ts'

const BASE = 'https://studio.twilio.com/v2/Flows'

/** A flow as the API shows it: its latest revision, draft or published. Lists leave the long parts out. */
export function flowBody(
  { sid, revisions, dateCreated, dateUpdated }: FlowRow,
  accountSid: string,
  detail: 'whole' | 'listed',
) {
  const latest = revisions.at(-1)
  if (!latest) throw new Error(`Flow ${sid} has no revision`)
  const url = `${BASE}/${sid}`
  return {
    ...commonBody(sid, latest, accountSid, detail),
    warnings: detail === 'whole' ? latest.warnings : null,
    date_created: isoDate(dateCreated),
    date_updated: isoDate(dateUpdated),
    webhook_url: `https://webhooks.twilio.com/v1/Accounts/${accountSid}/Flows/${sid}`,
    url,
    links: {
      test_users: `${url}/TestUsers`,
      revisions: `${url}/Revisions`,
      executions: `${url}/Executions`,
    },
  }
}

/** A revision of a flow as the API shows it. */
export function revisionBody(
  { sid }: FlowRow,
  revision: Revision,
  accountSid: string,
  detail: 'whole' | 'listed',
) {
  return {
    ...commonBody(sid, revision, accountSid, detail),
    date_created: isoDate(revision.dateCreated),
    date_updated: null,
    url: `${BASE}/${sid}/Revisions/${revision.number}`,
  }
}

function commonBody(
  sid: string,
  revision: Revision,
  accountSid: string,
  detail: 'whole' | 'listed',
) {
  const whole = detail === 'whole'
  return {
    sid,
    account_sid: accountSid,
    // A user of the console; REST calls have none.
    author_sid: null,
    friendly_name: revision.friendlyName,
    definition: whole ? revision.definition : null,
    status: revision.status,
    revision: revision.number,
    commit_message: whole ? revision.commitMessage : null,
    valid: whole ? true : null,
    errors: whole ? [] : null,
  }
}
