import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import { openAccount } from './account.ts'
import type { Progress } from './budgets.ts'
import { checkInputs } from './check.ts'
import type { TwilioClient } from './client.ts'
import {
  checkConfiguration,
  credentialsOf,
  type Environment,
  secretConfiguration,
} from './configuration.ts'
import type { ResourceDescription } from './description.ts'
import { createLedger } from './ledger.ts'
import { create, diff, previewCreate, previewUpdate, read, remove, update } from './lifecycle.ts'
import { listObjects } from './list.ts'
import { checkArguments, find, lookUpOf } from './look-up.ts'
import { resourceOf } from './resources.ts'
import { messages, refusal, status } from './rpc.ts'
import { checkAnswer, configurationDiffAnswer, diffAnswer } from './rpc-answers.ts'
import { decode, encode, unknownValue } from './values.ts'

/**
 * The calls that know resources and Twilio: they take messages apart, hand the work to `lifecycle.ts`, and put answers together.
 * `signal` ends all waiting, `progress` is told what takes long.
 */
export function createSession(environment: Environment, signal: AbortSignal, progress: Progress) {
  const ledger = createLedger()
  let opened: Promise<TwilioClient> | undefined

  function client(): Promise<TwilioClient> {
    if (opened) return opened
    const message = 'The provider is not configured yet: Configure comes before resource calls'
    throw refusal(status.failedPrecondition, message)
  }

  return {
    checkConfig(request: messageTypes.CheckRequest) {
      const news = decode(request.getNews())
      const problems = checkConfiguration(news.values, environment)
      return checkAnswer(news.values, marked(news.secrets, secretConfiguration), problems)
    },

    diffConfig(request: messageTypes.DiffRequest) {
      const before = decode(request.getOldInputs() ?? request.getOlds()).values
      return configurationDiffAnswer(before, decode(request.getNews()).values)
    },

    async configure(request: messageTypes.ConfigureRequest) {
      const credentials = credentialsOf(decode(request.getArgs()).values, environment)
      opened = openAccount({ ...credentials, signal, progress })
      await opened
      const answer = new messages.ConfigureResponse()
      return answer.setAcceptsecrets(true).setSupportspreview(true).setAcceptoutputs(true)
    },

    check(request: messageTypes.CheckRequest) {
      const { values, secrets } = decode(request.getNews())
      return checkAnswer(values, secrets, checkInputs(typeOf(request), values))
    },

    diff(request: messageTypes.DiffRequest) {
      ledger.know(request.getId())
      const before = decode(request.getOldInputs() ?? request.getOlds()).values
      return diffAnswer(diff(typeOf(request), before, decode(request.getNews()).values))
    },

    async create(request: messageTypes.CreateRequest) {
      const resource = typeOf(request)
      const { values, secrets } = decode(request.getProperties())
      const answer = new messages.CreateResponse()
      const marks = marked(secrets, resource.secrets)
      if (request.getPreview()) {
        return answer.setProperties(encode(previewCreate(resource, values), marks))
      }
      const { id, outputs } = await create(resource, await client(), values, {
        ledger,
        name: request.getName(),
      })
      return answer.setId(id).setProperties(encode(outputs, marks))
    },

    async read(request: messageTypes.ReadRequest) {
      const resource = typeOf(request)
      ledger.know(request.getId())
      const known = decode(request.getProperties())
      const inputs = decode(request.getInputs())
      // An import knows nothing but the id.
      const imports = Object.keys(inputs.values).length === 0
      const seen = await read(
        resource,
        await client(),
        request.getId(),
        known.values,
        imports ? undefined : inputs.values,
      )
      // Without an id the answer says: gone.
      const answer = new messages.ReadResponse()
      if (!seen) return answer
      const marks = marked(new Set([...known.secrets, ...inputs.secrets]), resource.secrets)
      return answer
        .setId(seen.id)
        .setProperties(encode(seen.outputs, marks))
        .setInputs(encode(seen.inputs, marks))
    },

    async invoke(request: messageTypes.InvokeRequest) {
      const lookUp = lookUpOf(request.getTok())
      const { values, secrets } = decode(request.getArgs())
      const answer = new messages.InvokeResponse()
      const problems = checkArguments(lookUp, values)
      for (const { path, message } of problems) {
        answer.addFailures(new messages.CheckFailure().setProperty(path).setReason(message))
      }
      if (problems.length > 0) return answer
      const found = await find(lookUp, await client(), values)
      return answer.setReturn(encode(found, marked(secrets, lookUp.resource.secrets)))
    },

    /** Hands every object to `write`, and where the list goes on if it does. */
    async list(
      request: messageTypes.ListRequest,
      write: (answer: messageTypes.ListResponse) => void,
    ) {
      const resource = resourceOf(request.getToken())
      const query = decode(request.getQuery()).values
      const { ListResponse } = messages
      if (Object.values(query).includes(unknownValue)) {
        write(new ListResponse().setComputed(new ListResponse.Computed()))
        return
      }
      const bounds = [request.getLimit(), request.getPageSize()].filter((bound) => bound > 0)
      const { objects, next } = await listObjects(resource, await client(), {
        query,
        ...(bounds.length > 0 ? { limit: Math.min(...bounds) } : {}),
        from: request.getContinuationToken(),
      })
      for (const { id, name } of objects) {
        write(new ListResponse().setResult(new ListResponse.Result().setId(id).setName(name)))
      }
      if (next === undefined) return
      const continuation = new ListResponse.Continuation().setContinuationToken(next)
      write(new ListResponse().setContinuation(continuation))
    },

    async update(request: messageTypes.UpdateRequest) {
      const resource = typeOf(request)
      ledger.know(request.getId())
      const outputs = decode(request.getOlds()).values
      const inputs = request.hasOldInputs() ? decode(request.getOldInputs()).values : outputs
      const news = decode(request.getNews())
      const old = { id: request.getId(), inputs, outputs }
      const written = request.getPreview()
        ? previewUpdate(resource, outputs, news.values)
        : await update(resource, await client(), old, news.values)
      const marks = marked(news.secrets, resource.secrets)
      return new messages.UpdateResponse().setProperties(encode(written, marks))
    },

    async remove(request: messageTypes.DeleteRequest) {
      ledger.know(request.getId())
      const known = decode(request.getProperties()).values
      await remove(typeOf(request), await client(), request.getId(), known)
    },
  }
}

type Targeted = { getType(): string; getUrn(): string }

/** The resource type that a request is about: it says so, or its URN does. */
function typeOf(request: Targeted): ResourceDescription {
  const qualified = request.getUrn().split('::')[2] ?? ''
  return resourceOf(request.getType() || qualified.slice(qualified.lastIndexOf('$') + 1))
}

function marked(secrets: ReadonlySet<string>, own: readonly string[] = []): ReadonlySet<string> {
  return new Set([...secrets, ...own])
}
