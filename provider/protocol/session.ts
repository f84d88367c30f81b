import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import { createJournal, journalFolder, noJournal } from '../creation/creation-journal.ts'
import { createLedger } from '../creation/ledger.ts'
import { checkInputs, warningsAbout } from '../description/check.ts'
import type { ResourceDescription } from '../description/description.ts'
import { remove } from '../lifecycle/deletion.ts'
import {
  deletionNotes,
  goesWithParent,
  leftBy,
  type PlannedDeletion,
  takenOverBy,
} from '../lifecycle/deletion-notes.ts'
import { create, diff, previewCreate, previewUpdate, update } from '../lifecycle/lifecycle.ts'
import { createListedRows, noRows } from '../listing/listed-rows.ts'
import { openAccount } from '../requests/account.ts'
import type { TwilioClient } from '../requests/client.ts'
import { resourceOf } from '../resources.ts'
import { createForeignNames } from '../words/foreign-names.ts'
import { createDirectory } from '../words/names.ts'
import {
  addressedChanges,
  readChanges,
  recallNames,
  withoutReadings,
  withReadingSecrets,
  withReadings,
} from '../words/readings.ts'
import { createTelling } from '../words/telling.ts'
import {
  checkConfiguration,
  credentialsOf,
  type Environment,
  isForced,
  secretConfiguration,
} from './configuration.ts'
import type { Tell } from './engine-log.ts'
import { answerInvoke } from './invoke.ts'
import { answerList } from './list-answers.ts'
import { answerRead } from './read-answers.ts'
import { messages, refusal, status } from './rpc.ts'
import { checkAnswer, configurationDiffAnswer, diffAnswer } from './rpc-answers.ts'
import { hushed, openOf, outside, secretsOf, withoutQuotes } from './secrets.ts'
import { decode, encode } from './values.ts'

/**
 * The calls that know resources and Twilio: they take messages apart, hand the work to `lifecycle/`, and put answers together.
 * `signal` ends all waiting; `tell` says in the engine's output what takes long and what changes.
 */
export function createSession(environment: Environment, signal: AbortSignal, tell: Tell) {
  const ledger = createLedger()
  let journal = noJournal
  const rows = environment['TWILIO_LIST_READS'] === 'off' ? noRows : createListedRows()
  const names = createDirectory()
  const foreignNames = createForeignNames(names)
  const telling = createTelling(tell, names)
  let opened: Promise<TwilioClient> | undefined
  let forced = false
  let announced: readonly PlannedDeletion[] = []

  // The engine named the object, so it is in its state.
  function recorded(id: string): void {
    ledger.know(id)
    journal.settle(id)
  }

  // A replacement deletes the old object: what goes on there, and what stays of it, belongs into the plan.
  async function noteDeletion(
    request: messageTypes.DiffRequest,
    { token: type }: ResourceDescription,
  ): Promise<void> {
    const urn = request.getUrn()
    const properties = decode(request.getOlds()).values
    const deletion = { urn, type, id: request.getId(), properties }
    for (const { severity, message } of await deletionNotes(await client(), [deletion], forced)) {
      await telling.note(urn, severity, message)
    }
  }

  function client(): Promise<TwilioClient> {
    if (opened) return opened
    const message = 'The provider is not configured yet: Configure comes before resource calls'
    throw refusal(status.failedPrecondition, message)
  }

  return {
    checkConfig(request: messageTypes.CheckRequest) {
      const news = decode(request.getNews())
      const problems = checkConfiguration(news.values, environment)
      return checkAnswer(news.values, new Set([...news.secrets, ...secretConfiguration]), problems)
    },

    diffConfig(request: messageTypes.DiffRequest) {
      const before = decode(request.getOldInputs() ?? request.getOlds()).values
      return configurationDiffAnswer(before, decode(request.getNews()).values)
    },

    async configure(request: messageTypes.ConfigureRequest) {
      const { values } = decode(request.getArgs())
      const credentials = credentialsOf(values, environment)
      forced = isForced(values, environment)
      opened = openAccount({ ...credentials, signal, progress: tell })
      await opened
      const folder = journalFolder(environment, credentials)
      journal = folder === undefined ? noJournal : createJournal(folder, tell)
      const answer = new messages.ConfigureResponse()
      return answer.setAcceptsecrets(true).setSupportspreview(true).setAcceptoutputs(true)
    },

    async check(request: messageTypes.CheckRequest) {
      const resource = typeOf(request)
      const { values, secrets } = withoutReadings(resource, decode(request.getNews()))
      if (resource.readings) recallNames(resource, decode(request.getOlds()).values, names)
      telling.checked(request.getUrn())
      const problems = checkInputs(resource, values, names)
      if (problems.length === 0) {
        const doubts = warningsAbout(resource, values, names)
        await telling.warn(request.getUrn(), outside(secretsOf(resource, values, secrets), doubts))
      }
      const inputs = problems.length > 0 ? values : withReadings(resource, values, names)
      const marks = secretsOf(resource, values, secrets)
      const told = withoutQuotes(marks, problems)
      return checkAnswer(inputs, withReadingSecrets(resource, marks), told)
    },

    async diff(request: messageTypes.DiffRequest) {
      const resource = typeOf(request)
      recorded(request.getId())
      const olds = decode(request.getOldInputs() ?? request.getOlds())
      const news = decode(request.getNews())
      const [before, after] = [withoutReadings(resource, olds), withoutReadings(resource, news)]
      names.learn(resource, request.getId(), after, before)
      const difference = diff(resource, before.values, after.values)
      const { changes } = difference
      if (changes.length > 0) {
        for (const { values } of [olds, news]) recallNames(resource, values, names)
      }
      if (difference.replaces.length > 0) await noteDeletion(request, resource)
      await telling.tellDifference({ urn: request.getUrn(), resource, before, after }, changes)
      const told = readChanges(resource, changes, before.values, after.values, names)
      const shown = (name: string) => name in olds.values && name in news.values
      return diffAnswer({ ...difference, changes: addressedChanges(changes, told, shown) })
    },

    async create(request: messageTypes.CreateRequest) {
      const resource = typeOf(request)
      const { values, secrets } = withoutReadings(resource, decode(request.getProperties()))
      const answer = new messages.CreateResponse()
      const marks = secretsOf(resource, values, secrets)
      const arrival = takenOverBy(resource, openOf(values, marks))
      if (arrival !== undefined) await tell(arrival, { urn: request.getUrn() })
      if (request.getPreview()) {
        return answer.setProperties(encode(previewCreate(resource, values), marks))
      }
      const twilio = await client()
      const urn = request.getUrn()
      const registration = { ledger, journal, urn, name: request.getName(), secrets: marks, tell }
      const { id, outputs } = await hushed(values, marks, () =>
        create(resource, twilio, values, registration),
      )
      names.learn(resource, id, { values: outputs, secrets: marks })
      return answer.setId(id).setProperties(encode(outputs, marks))
    },

    async read(request: messageTypes.ReadRequest) {
      const resource = typeOf(request)
      const context = { client: await client(), names, foreignNames, rows, telling, tell, recorded }
      return answerRead(request, resource, context)
    },

    invoke: async (request: messageTypes.InvokeRequest) =>
      answerInvoke(request, {
        client: await client(),
        names,
        forced,
        announce(deletions) {
          announced = deletions
        },
      }),

    /** Hands every object to `write`, and where the list goes on if it does. */
    list: async (
      request: messageTypes.ListRequest,
      write: (answer: messageTypes.ListResponse) => void,
    ) => answerList(request, await client(), write),

    async update(request: messageTypes.UpdateRequest) {
      const resource = typeOf(request)
      recorded(request.getId())
      const outputs = withoutReadings(resource, decode(request.getOlds())).values
      const inputs = request.hasOldInputs()
        ? withoutReadings(resource, decode(request.getOldInputs())).values
        : outputs
      const news = withoutReadings(resource, decode(request.getNews()))
      const old = { id: request.getId(), inputs, outputs }
      const marks = secretsOf(resource, news.values, news.secrets)
      const urn = request.getUrn()
      const warn = (message: string) => tell(message, { urn, severity: 'warning' })
      const write = async () => update(resource, await client(), old, news.values, warn)
      const written = request.getPreview()
        ? previewUpdate(resource, outputs, news.values)
        : await hushed(news.values, marks, write)
      names.learn(resource, old.id, news, { values: outputs, secrets: news.secrets })
      if (!request.getPreview()) telling.done(urn)
      return new messages.UpdateResponse().setProperties(encode(written, marks))
    },

    async remove(request: messageTypes.DeleteRequest) {
      recorded(request.getId())
      const resource = typeOf(request)
      const known = decode(request.getProperties())
      names.learn(resource, request.getId(), known)
      const urn = request.getUrn()
      const seconds = request.getTimeout()
      const deletion = {
        resource,
        client: await client(),
        id: request.getId(),
        known: known.values,
        force: forced || known.values['force'] === true,
        patienceMs: seconds > 0 ? seconds * 1000 : undefined,
        say: (message: string) => tell(message, { urn }),
      }
      await hushed(known.values, known.secrets, () => remove(deletion))
      const left = leftBy(resource, openOf(known.values, known.secrets))
      const going = { type: resource.token, id: request.getId() }
      if (left !== undefined && !goesWithParent(going, announced)) await tell(left, { urn })
      telling.done(urn)
    },
  }
}

type Targeted = { getType(): string; getUrn(): string }

/** The resource type that a request is about: it says so, or its URN does. */
function typeOf(request: Targeted): ResourceDescription {
  const qualified = request.getUrn().split('::')[2] ?? ''
  return resourceOf(request.getType() || qualified.slice(qualified.lastIndexOf('$') + 1))
}
