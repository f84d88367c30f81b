import fc from 'fast-check'

const leaf = fc.oneof(
  fc.constantFrom('es', 'en', 'ñandú “x”', ''),
  fc.integer({ min: -5, max: 1_000 }),
  fc.boolean(),
  fc.array(fc.constantFrom('calls', 'chats', 'vip'), { maxLength: 3 }),
)
/** JSON objects, as attributes are. */
export const documents = fc.dictionary(
  fc.stringMatching(/^[a-z]{2,8}(_[a-z]{2,6})?$/),
  fc.oneof(leaf, fc.dictionary(fc.stringMatching(/^[a-z]{2,6}$/), leaf, { maxKeys: 3 })),
  { maxKeys: 5 },
)
