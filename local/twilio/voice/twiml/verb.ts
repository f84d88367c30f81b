/** How a URL of a document is requested. */
export type Method = 'GET' | 'POST'

/** A URL of a document, as written there: absolute, relative or blank. */
export type Target = { readonly url: string; readonly method: Method }

export type Say = { readonly kind: 'Say'; readonly text: string; readonly loop: number }
export type Play = {
  readonly kind: 'Play'
  readonly url: string
  readonly loop: number
  /** Keys to send instead of media. */
  readonly digits: string | null
}
export type Pause = { readonly kind: 'Pause'; readonly lengthSeconds: number }
/** What may stand in a Gather. */
export type Prompt = Say | Play | Pause

export type Gather = {
  readonly kind: 'Gather'
  /** Null: the current document. */
  readonly action: string | null
  readonly method: Method
  readonly dtmf: boolean
  readonly speech: boolean
  readonly timeoutSeconds: number
  readonly numDigits: number | null
  /** Empty: no key finishes. */
  readonly finishOnKey: string
  readonly speechTimeoutSeconds: number
  readonly actionOnEmptyResult: boolean
  readonly partialResult: Target | null
  readonly prompts: readonly Prompt[]
}

/** Where news of a recording goes. */
export type RecordingCallback = Target & { readonly events: readonly string[] }

export type Record = {
  readonly kind: 'Record'
  readonly action: string | null
  readonly method: Method
  /** Seconds of silence; 0 switches it off. */
  readonly timeoutSeconds: number
  /** Any of these keys ends the recording. */
  readonly finishOnKey: string
  readonly maxLengthSeconds: number
  readonly transcribe: boolean
  readonly transcribeCallback: string | null
  readonly recordingCallback: RecordingCallback | null
}

export type Enqueue = {
  readonly kind: 'Enqueue'
  /** Empty when a workflow is named. */
  readonly name: string
  readonly workflowSid: string | null
  readonly task: {
    /** JSON text. */
    readonly attributes: string
    readonly priority: number | null
    readonly timeoutSeconds: number | null
  } | null
  readonly action: string | null
  readonly method: Method
  /** Null: Twilio's music; empty: silence. */
  readonly waitUrl: string | null
  readonly waitUrlMethod: Method
  readonly maxQueueSize: number | null
}

export type Redirect = { readonly kind: 'Redirect'; readonly url: string; readonly method: Method }
export type Reject = { readonly kind: 'Reject'; readonly reason: 'rejected' | 'busy' }
export type Hangup = { readonly kind: 'Hangup' }
export type Leave = { readonly kind: 'Leave' }
export type Refer = {
  readonly kind: 'Refer'
  readonly sip: string
  readonly action: string | null
  readonly method: Method
}
export type StartRecording = {
  readonly kind: 'StartRecording'
  readonly recordingCallback: RecordingCallback | null
  readonly track: string
  readonly channels: string
}
export type StopRecording = { readonly kind: 'StopRecording' }

/** News of a leg's progress, or of a conference. */
export type ProgressCallback = Target & { readonly events: readonly string[] }

/** What a Dial may call as a leg of its own. */
export type DialLeg = {
  readonly kind: 'Number' | 'Client' | 'Sip'
  /** `+1…`, `client:…`, `sip:…`. */
  readonly address: string
  /** Document that runs on the called leg before it is connected. */
  readonly screening: Target | null
  readonly progress: ProgressCallback | null
  readonly sendDigits: string | null
  readonly machineDetection: 'Enable' | 'DetectMessageEnd' | null
  readonly machineCallback: Target | null
  /** Handed to the far end. */
  readonly parameters: Readonly<{ [name: string]: string }>
}
export type DialApplication = {
  readonly kind: 'Application'
  readonly applicationSid: string
  readonly copyParentTo: boolean
  readonly progress: ProgressCallback | null
  readonly parameters: Readonly<{ [name: string]: string }>
}
export type DialQueue = {
  readonly kind: 'Queue'
  /** Empty when a reservation is named. */
  readonly name: string
  readonly announcement: Target | null
  readonly reservationSid: string | null
  readonly postWorkActivitySid: string | null
}
export type DialConference = {
  readonly kind: 'Conference'
  readonly name: string
  readonly muted: boolean
  readonly startOnEnter: boolean
  readonly endOnExit: boolean
  readonly label: string | null
  readonly coach: string | null
  /** Null: Twilio's music; empty: silence. */
  readonly waitUrl: string | null
  readonly waitMethod: Method
  readonly maxParticipants: number
  readonly beep: 'true' | 'false' | 'onEnter' | 'onExit'
  readonly region: string
  readonly record: boolean
  readonly callback: ProgressCallback | null
  readonly recordingCallback: RecordingCallback | null
}
export type DialNoun = DialLeg | DialApplication | DialQueue | DialConference

export type Dial = {
  readonly kind: 'Dial'
  readonly nouns: readonly DialNoun[]
  readonly action: string | null
  readonly method: Method
  readonly timeoutSeconds: number
  readonly timeLimitSeconds: number
  readonly callerId: string | null
  readonly hangupOnStar: boolean
  readonly answerOnBridge: boolean
  readonly sequential: boolean
  readonly record: 'no' | 'from-answer' | 'from-ringing'
  readonly recordingChannels: 'mono' | 'dual'
  readonly recordingCallback: RecordingCallback | null
}

/** One step of a document, ready to be carried out. */
export type Verb =
  | Prompt
  | Gather
  | Record
  | Enqueue
  | Dial
  | Redirect
  | Reject
  | Hangup
  | Leave
  | Refer
  | StartRecording
  | StopRecording
