import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import type { LogRequest } from '@pulumi/pulumi/proto/engine_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { logToEngine } from '../../provider/engine-log.ts'

describe('logToEngine', () => {
  it('shows a line in the output of the engine', async () => {
    const shown = new EventTarget()
    const server = new Server()
    server.addService(engineGrpc.EngineService, {
      log(call: ServerUnaryCall<LogRequest, unknown>, done: sendUnaryData<unknown>) {
        done(null, new emptyProto.Empty())
        shown.dispatchEvent(new CustomEvent('line', { detail: call.request.getMessage() }))
      },
    })
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      )
    })
    const line = once(shown, 'line')
    logToEngine(`127.0.0.1:${port}`, 'going slower')
    const [{ detail }] = await line
    assert.equal(detail, 'going slower')
    server.forceShutdown()
  })
})
