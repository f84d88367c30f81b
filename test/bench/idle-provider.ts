import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'
import pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'
import type {
  CheckRequest,
  CreateRequest,
  DiffRequest,
  ReadRequest,
} from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import structProto from 'google-protobuf/google/protobuf/struct_pb.js'

// A provider that does nothing: whatever is asked for exists at once.
const unary =
  <Q, A>(handle: (request: Q) => A) =>
  (call: ServerUnaryCall<Q, A>, done: sendUnaryData<A>) =>
    done(null, handle(call.request))

let lastId = 0
const server = new Server()
server.addService(providerGrpc.ResourceProviderService, {
  handshake: unary(() =>
    new providerProto.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true),
  ),
  getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion('1.0.0')),
  checkConfig: unary((request: CheckRequest) =>
    new providerProto.CheckResponse().setInputs(request.getNews()),
  ),
  diffConfig: unary(() => new providerProto.DiffResponse().setChanges(1)),
  configure: unary(() => new providerProto.ConfigureResponse().setAcceptsecrets(true)),
  check: unary((request: CheckRequest) =>
    new providerProto.CheckResponse().setInputs(request.getNews()),
  ),
  diff: unary((_request: DiffRequest) => new providerProto.DiffResponse().setChanges(1)),
  create: unary((request: CreateRequest) => {
    const id = `idle-${++lastId}`
    const outputs = request.getProperties() ?? new structProto.Struct()
    outputs.getFieldsMap().set('sid', structProto.Value.fromJavaScript(id))
    return new providerProto.CreateResponse().setId(id).setProperties(outputs)
  }),
  read: unary((request: ReadRequest) =>
    new providerProto.ReadResponse()
      .setId(request.getId())
      .setProperties(request.getProperties())
      .setInputs(request.getInputs()),
  ),
  cancel: unary(() => new emptyProto.Empty()),
})
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error
  console.log(port)
})
