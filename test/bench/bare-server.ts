// A node:http server that does nothing: it answers what BODY and CONTENT_TYPE say, and its port on stdout.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const body = Buffer.from(process.env['BODY'] ?? '')
const headers = { 'content-type': process.env['CONTENT_TYPE'] ?? '', 'content-length': body.length }
const server = createServer((request, response) => {
  request.resume()
  response.writeHead(200, headers).end(body)
})
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ origin: `http://127.0.0.1:${port}` })}\n`)
})
process.once('disconnect', () => process.exit())
