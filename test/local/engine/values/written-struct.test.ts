import assert from 'node:assert/strict'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'
import { WrittenStruct } from '../../../../local/engine/values/written-struct.ts'

describe('WrittenStruct', () => {
  const map = {
    text: 'grün',
    empty: '',
    number: -1.5,
    zero: 0,
    yes: true,
    no: false,
    nothing: null,
    list: [1, 'a', null, [], {}, [[false]]],
    map: { '': { deep: ['x'] }, none: {} },
  }

  it('is written byte for byte as a struct of messages is', () => {
    const written = new WrittenStruct(map).serializeBinary()
    assert.deepEqual(written, structProto.Struct.fromJavaScript(map).serializeBinary())
  })

  it('can be the field of a message', () => {
    const bytes = new providerProto.CheckRequest()
      .setOlds(new WrittenStruct({}))
      .setNews(new WrittenStruct(map))
      .serializeBinary()
    const read = providerProto.CheckRequest.deserializeBinary(bytes)
    assert.deepEqual(read.getOlds()?.toJavaScript(), {})
    assert.deepEqual(read.getNews()?.toJavaScript(), map)
  })
})
