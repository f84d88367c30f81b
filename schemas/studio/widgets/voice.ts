import { documented, exit, flag, integer, oneOf, text, type WidgetDescription } from './property.ts'

const trim = documented('trim-silence', 'do-not-trim', 'true', 'false')

/** What is heard, said and placed on calls. */
export const voiceWidgets = {
  /** Says a text, plays a file or sends keys: one of the three. */
  'say-play': {
    required: {},
    optional: {
      /** What is said; SSML works. */
      say: text,
      /** Address of a sound file. */
      play: text,
      /** Keys that are sent: digits, `*`, `#`, and `w` for half a second. */
      digits: text,
      /** Voice that says it: `alice`, `Polly.Joanna`. */
      voice: text,
      /** Language of the voice: `en-US`. */
      language: text,
      /** How often, 1 to 99; default 1. */
      loop: integer,
    },
    exits: {
      /** It has been heard. */
      audioComplete: exit,
    },
  },
  /** Asks for keys or words. Which it listens for is what has an exit; `speech` costs more. */
  'gather-input-on-call': {
    required: {},
    optional: {
      /** What is said meanwhile; SSML works. */
      say: text,
      /** Address of a sound file that is played meanwhile. */
      play: text,
      /** Voice that says it: `alice`, `Polly.Joanna`. */
      voice: text,
      /** Language of the voice: `en-US`. */
      language: text,
      /** How often, 1 to 99; default 1. */
      loop: integer,
      /** Seconds of silence after which it gives up, 0 to 30; default 5. */
      timeout: integer,
      /** Key that ends the input, and is none of it; default `#`. */
      finish_on_key: text,
      /** Whether `finish_on_key` counts. */
      stop_gather: flag,
      /** Keys after which it ends, 0 to 30; absent: any number. */
      number_of_digits: integer,
      /** Language that is understood: `en`. */
      gather_language: text,
      /** Words that are likely, with commas between. */
      hints: text,
      /** Seconds of silence that end what is said, or `auto`. */
      speech_timeout: text,
      /** How speech is understood: `default`, `phone_call` … */
      speech_model: text,
      /** Whether swear words are starred out, as a text. */
      profanity_filter: documented('true', 'false'),
      /** Variable that keeps the answer too. */
      save_response_as: text,
    },
    exits: {
      /** Keys were pressed: `Digits`. */
      keypress: exit,
      /** Something was said: `SpeechResult`, `Confidence`. */
      speech: exit,
      /** Nothing was. */
      timeout: exit,
    },
  },
  /** Records the caller until silence, a key or the longest time. */
  'record-voicemail': {
    required: {},
    optional: {
      /** Seconds of silence that end it; default 5. */
      timeout: integer,
      /** Keys that end it. */
      finish_on_key: text,
      /** Seconds that it takes at most, 1 to 14400; default 3600. */
      max_length: integer,
      /** Whether the text is made of it. */
      transcribe: flag,
      /** Who is told the text. */
      transcription_callback_url: text,
      /** Whether silence at both ends is cut off. */
      trim,
      /** Whether there is a beep before, as a text. */
      play_beep: documented('true', 'false'),
      /** Who is told of the recording. */
      recording_status_callback_url: text,
    },
    exits: {
      /** There is a recording: `RecordingUrl`. */
      recordingComplete: exit,
      /** Nothing was said. */
      noAudio: exit,
      /** The caller hung up. */
      hangup: exit,
    },
  },
  /** Begins or ends recording the call. */
  'record-call': {
    required: {
      /** Begin (`true`) or end. */
      record_call: flag,
    },
    optional: {
      /** Who is told of the recording. */
      recording_status_callback: text,
      /** How. */
      recording_status_callback_method: documented('GET', 'POST'),
      /** Of what, with blanks between: `in-progress completed absent`. */
      recording_status_callback_events: text,
      /** Both sides in one, or one each. */
      recording_channels: oneOf('mono', 'dual'),
      /** Whether silence at both ends is cut off. */
      trim,
    },
    exits: {
      /** It runs, or has ended. */
      success: exit,
      /** It could not be. */
      failed: exit,
    },
  },
  /** Has the caller talk with somebody else. How that went is `DialCallStatus`. */
  'connect-call-to': {
    required: {
      /** What is called. */
      noun: oneOf('number', 'number-multi', 'client', 'sip', 'sim', 'conference'),
    },
    optional: {
      /** Whom the other side sees; a number of the account, or the caller's. */
      caller_id: text,
      /** The number, several with commas between, client, SIM or conference. */
      to: text,
      /** The address, for `sip`. */
      sip_endpoint: text,
      /** Its user. */
      sip_username: text,
      /** Its password. */
      sip_password: text,
      /** Whether it is recorded. */
      record: flag,
      /** Seconds that it rings, 1 to 600. */
      timeout: integer,
      /** Seconds that it lasts at most, as a text. */
      time_limit: text,
    },
    exits: {
      /** The other side is gone, or never was there, and the caller is still here. */
      callCompleted: exit,
      /** The caller hung up. */
      hangup: exit,
    },
  },
  /** Calls somebody; what follows is heard there. */
  'make-outgoing-call-v2': {
    required: {
      /** The number that is shown: `{{flow.channel.address}}`. */
      from: text,
      /** Who is called: `{{contact.channel.address}}`. */
      to: text,
    },
    optional: {
      /** Seconds that it rings, 0 to 600. */
      timeout: integer,
      /** Whether it is recorded. */
      record: flag,
      /** Both sides in one, or one each. */
      recording_channels: documented('mono', 'dual'),
      /** Who is told of the recording. */
      recording_status_callback: text,
      /** Whether silence at both ends is cut off. */
      trim,
      /** Whether it listens for a machine before it goes on: `AnsweredBy`. */
      detect_answering_machine: flag,
      /** Go on at once, or after the machine's greeting. */
      machine_detection: documented('Enable', 'DetectMessageEnd'),
      /** Seconds that it listens, 3 to 120, as a text. */
      machine_detection_timeout: text,
      /** Milliseconds of speech that make a machine, as a text. */
      machine_detection_speech_threshold: text,
      /** Milliseconds of silence that end a greeting, as a text. */
      machine_detection_speech_end_threshold: text,
      /** Milliseconds of silence at the begin after which nobody is known, as a text. */
      machine_detection_silence_timeout: text,
      /** Keys that are sent once it is answered. */
      send_digits: text,
      /** User of a SIP address. */
      sip_auth_username: text,
      /** Its password. */
      sip_auth_password: text,
    },
    exits: {
      /** Somebody, or something, answered. */
      answered: exit,
      /** It was busy. */
      busy: exit,
      /** It rang in vain. */
      noAnswer: exit,
      /** It could not be called. */
      failed: exit,
    },
  },
  /** Calls somebody, as flows of the first years did. */
  'make-outgoing-call-v1': {
    required: {
      /** The number that is shown. */
      from: text,
      /** Who is called. */
      to: text,
    },
    optional: {
      /** Seconds that it rings, 0 to 600. */
      timeout: integer,
      /** Whether it is recorded. */
      record: flag,
    },
    exits: {
      /** Somebody answered. */
      answered: exit,
      /** It was busy. */
      busy: exit,
      /** It rang in vain. */
      noAnswer: exit,
      /** It could not be called. */
      failed: exit,
      /** A machine answered. */
      answeredByMachine: exit,
      /** Whoever answered hung up. */
      hangup: exit,
    },
  },
} as const satisfies Readonly<Record<string, WidgetDescription>>
