const SAMPLES_A_SECOND = 8_000
const WAV_HEADER_BYTES = 44
// 128 kbit/s at 44.1 kHz: a frame lasts 26 ms. An empty frame decodes to silence.
const MP3_FRAME_HEADER = [0xff, 0xfb, 0x90, 0x64]
const MP3_FRAME_BYTES = 417
const MP3_FRAMES = 38

/** A second of silence: what every recording holds. */
export function silence(type: 'wav' | 'mp3') {
  return type === 'wav'
    ? { type: 'audio/x-wav', bytes: wav() }
    : { type: 'audio/mpeg', bytes: mp3() }
}

function wav(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + 2 * SAMPLES_A_SECOND)
  const view = new DataView(bytes.buffer)
  const write = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at)
  write(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  // PCM, one channel, 16 bits a sample.
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, SAMPLES_A_SECOND, true)
  view.setUint32(28, 2 * SAMPLES_A_SECOND, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  write(36, 'data')
  view.setUint32(40, 2 * SAMPLES_A_SECOND, true)
  return bytes
}

function mp3(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MP3_FRAMES * MP3_FRAME_BYTES)
  for (let frame = 0; frame < MP3_FRAMES; frame++) {
    bytes.set(MP3_FRAME_HEADER, frame * MP3_FRAME_BYTES)
  }
  return bytes
}
