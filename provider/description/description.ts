import type { Problem, TObject } from '../../schemas/index.ts'
import type { Properties } from '../protocol/values.ts'
import type { Answer, TwilioClient } from '../requests/client.ts'
import type { TwilioError } from '../requests/errors.ts'
import type { Names } from '../words/names.ts'
import type { Reading } from '../words/readings.ts'

/** What a hook may use. */
export type HookContext = {
  readonly client: TwilioClient
  /** The inputs (on delete: the last known properties). */
  readonly properties: Properties
  /** Path of the object, or of the collection when there is no object yet. */
  readonly path: string
}

/** What a hook of a write may use. */
export type WriteContext = HookContext & {
  /** The outputs as the state has them; absent for an object that is to be created. */
  readonly known?: Properties
  /** Shows a warning about the resource in the engine's output. */
  warn(message: string): Promise<void>
}

/** How an object is found again when the answer to its creation was lost. */
export type Identity = {
  /** The property that names it among its siblings, `friendlyName`. */
  readonly property: string
  /** Key of the rows in the answer of the collection's list, `task_queues`. */
  readonly rows: string
  /** Whether the list can be asked for one name: the parameter is then the property's. */
  readonly listsByName: boolean
  /** Whether Twilio refuses a second one of the same name. */
  readonly unique: boolean
  /** Rows tell only a part of what the object itself tells: one that counts is read as a whole. */
  readonly excerpts?: boolean
}

/** How all objects of a type are found. */
export type Listing =
  /** The collection lists them, under this key. */
  | { readonly kind: 'rows'; readonly rows: string }
  /** There is exactly one for each object of this type, a part of it with the same id. */
  | { readonly kind: 'each'; readonly of: string }
  /** There is exactly one in the account; its id is this, or else the account's SID. */
  | { readonly kind: 'single'; readonly id?: string }
  /** They can't be listed; the reason completes “… can't be listed: ”. */
  | { readonly kind: 'none'; readonly reason: string }

/** What goes on in an object, and would suffer from its deletion. */
export type LiveWork = {
  /** How many tasks, workers or calls. */
  readonly count: number
  /** What they are: `2 tasks are in it (1 pending, 1 assigned)`. */
  readonly words: string
  /** Somebody is talking; workers, who may go elsewhere or be deleted; or what will be over in a moment. */
  readonly outlook: 'lasts' | 'may go' | 'ends'
  /** What somebody can do about it, where that is not the guard's remedy. */
  readonly remedy?: string
  /** With force: gets it out of the way, where that is not what the guard does. */
  end?(): Promise<void>
}

/** What is asked at Twilio before an object is deleted. */
export type Guard = {
  /** Undefined when nothing goes on. `going` are ids of what is deleted in the same run, as far as that is known. */
  count(context: HookContext, going: ReadonlySet<string>): Promise<LiveWork | undefined>
  /** What only a refusal of Twilio's shows: what goes on elsewhere and may still come to the object. */
  countRefused?(context: HookContext, refusal: TwilioError): Promise<LiveWork | undefined>
  /** What would be such a reason as things are now, for a plan: a sentence. `going` as with `count`. */
  foresee?(context: HookContext, going: ReadonlySet<string>): Promise<string | undefined>
  /** What somebody can do about it: `Let them end`. */
  readonly remedy: string
  /** What happens besides with force: `these tasks are deleted, too`. */
  readonly forced: string
  /** With force: gets out of the way what Twilio would refuse to delete the object for. */
  end?(context: HookContext): Promise<void>
}

/** An object among the inputs whose members travel one by one. */
export type Nested = {
  /** The members that an object like this may have; default all. Others are not sent, also not to be cleared. */
  membersOf?(value: Properties): readonly string[]
}

/**
 * One resource type, as data. Names are Twilio's, in camel case; on the wire they are Pascal case in requests and snake case in
 * answers. One lifecycle serves all (`lifecycle/`); a hook says what is really different about a resource, and why.
 */
export type ResourceDescription = {
  /** `twilio:taskrouter:Workspace`. */
  readonly token: string
  readonly description: string
  /** `taskrouter.twilio.com`. */
  readonly host: string
  /** Path of the collection, with `{accountSid}` and `{workspaceSid}`. */
  readonly collection: string
  /** There is exactly one, at the collection's own path: a configuration, for example. */
  readonly single?: boolean
  /** It is there as long as its parent: creating it sets what is declared, deleting it clears every input. */
  readonly lasting?: boolean
  /** What an id looks like: names of the properties it consists of, the last one the SID. */
  readonly id: readonly string[]
  /** How it is found again; absent: creating it twice changes nothing, as a part of its parent. */
  readonly identity?: Identity
  /** How all of them are found; absent: the collection lists them under `identity.rows`. */
  readonly listing?: Listing
  /** Rows of a list on a page at most; default 1000. */
  readonly mostOnPage?: number
  /** Name of the function that looks one up by its `identity.property`: `getTaskQueue`. */
  readonly lookUp?: string
  /** JSON Schema of the inputs: type, validation, documentation, default. */
  readonly inputs: TObject
  /** What a document among the inputs consists of: for the package's schema only, Check judges it in words of its own. */
  readonly documents?: Readonly<Record<string, TObject>>
  /** Further outputs. */
  readonly outputs: TObject
  /** Changing one of these replaces the object. */
  readonly replaceOn: readonly string[]
  /** Sent at creation and never compared afterwards: run time changes them. */
  readonly createOnly?: readonly string[]
  /** Twilio takes an update only as a whole: whatever changes, everything is sent. */
  readonly wholeUpdates?: boolean
  /** Outputs that every write changes, so that no preview knows them. */
  readonly renewed?: readonly string[]
  /** Steer this provider, and are never sent. */
  readonly localOnly?: readonly string[]
  /**
   * Say how an update is carried out, by the property whose change they are about: sent with that. They are among `localOnly`, since
   * nothing is kept of them.
   */
  readonly instructions?: Readonly<Record<string, string>>
  /** Travel as JSON text. */
  readonly json?: readonly string[]
  /** Documents of which the program owns only the top-level keys that it names, unless this input of its own is true. */
  readonly ownedByKey?: Readonly<Record<string, string>>
  /** Objects whose members travel one by one, as `AutoCreation.WebhookUrl`. */
  readonly nested?: Readonly<Record<string, Nested>>
  /** Lists whose order and repetitions say nothing; a member as `autoCreation.webhookFilters`. */
  readonly set?: readonly string[]
  /** How a value is written in requests, where programs write it otherwise; a member as in `set`. */
  readonly spelling?: Readonly<Record<string, (value: unknown) => unknown>>
  /** Fields of answers that are not called as the property is: `capacity` → `configured_capacity`. */
  readonly fields?: Readonly<Record<string, string>>
  /** What further requests tell of the object: its answer with that. Rows are then excerpts. */
  complete?(answer: Answer, client: TwilioClient): Promise<Answer>
  /** What an answer says otherwise than field by field. A property that is there as `undefined` is told to be empty. */
  fromWire?(answer: Answer, declared: Properties): Properties
  /** Can't be emptied: asks what such a property has when nobody sets it; undefined leaves it as it is. */
  readonly usual?: Readonly<Record<string, (context: HookContext) => Promise<unknown>>>
  /** Twilio may write these in its own way: what it made of the declared value last time counts as that. */
  readonly corrected?: readonly string[]
  /** Sent by a second request of the creation: an object without them may be one that was interrupted halfway. */
  readonly setAfterwards?: readonly string[]
  /** Outputs that only the answer to the creation tells, secrets: an object that is found again is of no use. */
  readonly toldOnce?: readonly string[]
  /** Brings a property to the form in which two spellings of the same meaning are equal. */
  readonly canonical?: Readonly<Record<string, (value: unknown) => unknown>>
  /** Documents in words, beside them in the state: name of the reading → how it is made. */
  readonly readings?: Readonly<Record<string, Reading>>
  /** What differs between two sets of inputs and changes nothing, worth a remark: a sentence each. */
  notes?(before: Properties, after: Properties, names: Names): readonly string[]
  /** Which of the outputs (or inputs) are secrets. */
  readonly secrets?: readonly string[]
  /** Which more are, by what the properties say. */
  secretWhen?(properties: Properties): readonly string[]
  /** The old object has to go before the new one can come, for example because a name is unique. */
  readonly deleteBeforeReplace?: boolean
  /** What the schema can't say. Unknown values are passed as they are; problems at unknown values are dropped. */
  check?(inputs: Properties, names: Names): readonly Problem[]
  /** What may be a mistake, and is no reason to refuse. */
  warnings?(inputs: Properties, names: Names): readonly Problem[]
  /** Whether the object came with its parent: declaring it takes it over (`find`), deleting it leaves it to the parent. */
  comesWithParent?(properties: Properties): boolean
  /** Whether Twilio tells of an object that is not there any more, or was none of these: a closed account, for example. */
  isGone?(answer: Answer): boolean
  /** Whether a listed object is as it came with its parent: nobody has set anything, so nobody need adopt it. */
  isUntouched?(row: Answer): boolean
  /** An object that exists already and is to be taken over instead of created. */
  find?(context: HookContext): Promise<Answer | undefined>
  /** Whether a row may be what these inputs ask for although they do not name it. */
  matches?(inputs: Properties, row: Answer): boolean
  /** What an object that was found has to become: the inputs, and what would get in their way otherwise. */
  takeOver?(inputs: Properties): Properties
  /** Before the object is created or updated, once for all tries. The object as an answer says that there is nothing to write. */
  beforeWrite?(context: WriteContext): Promise<Answer | undefined>
  /** After an update was written: what came in between, as warnings. Throws nothing that Twilio refuses. */
  afterWrite?(context: WriteContext, written: Answer): Promise<void>
  /** What a refresh is to say, besides what differs between the inputs: a sentence each. */
  news?(known: Properties, live: Properties): readonly string[]
  /** Instead of the plain POST to the collection. */
  create?(context: WriteContext): Promise<Answer>
  /** Creating it makes nothing, as a sentence says: it takes something over that is there. Inputs may be unknown. */
  takesOver?(inputs: Properties): string | undefined
  /** Why it may not be deleted at any moment; `force` is then one of the inputs. */
  readonly guard?: Guard
  /** Why Twilio may have refused to delete it, with the remedy, if that can be found out. */
  inTheWay?(context: HookContext): Promise<string | undefined>
  /** Before each try to delete the object, to make that possible. */
  beforeDelete?(context: HookContext): Promise<void>
  /** What deleting leaves at Twilio, as a sentence; undefined when the object goes. */
  leaves?(properties: Properties): string | undefined
  /** Instead of the plain DELETE; an object that is not there any more is fine. */
  delete?(context: HookContext): Promise<void>
  /** Twilio refuses to delete while something else refers to the object: tried again for a while. */
  readonly deleteWaits?: boolean
}
