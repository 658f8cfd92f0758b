/**
 * A server of models on this machine, written from the specification of KServe's v2 protocol and its binary tensor
 * extension: runs graphs with onnxruntime, and lies, breaks off or stands still when the test says so.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSession, type Session, type TensorData } from '../../core/inference/host/sessions.ts'

/** How the next inferences are answered; without a plan they are answered well. */
export type Lie =
  | 'wrong-shape'
  | 'wrong-type'
  | 'not-a-number'
  | 'wrong-length'
  | 'too-long'
  | 'endless'
  | 'broken-off'
  | 'wrong-head'
  | 'no-head'
  | 'redirect'
  | 'error'
  | 'page'
  | 'silent'
  | 'too-few'
  | 'twice'
  | 'other-version'

export interface InferenceServer {
  readonly url: string
  /** Paths that were asked, with their methods. */
  readonly seen: string[]
  /** Names of models whose inferences were asked. */
  readonly inferred: string[]
  /** The next inferences. */
  plan(...lies: Lie[]): void
  /** Another graph under a name from now on; null takes it away. */
  serve(name: string, graph: string | Uint8Array | null): Promise<void>
  /** Answers nobody, as a machine that was switched off. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

const datatypes: Readonly<Record<string, string>> = {
  float32: 'FP32',
  float16: 'FP16',
  uint8: 'UINT8',
  int64: 'INT64',
  int32: 'INT32',
  bool: 'BOOL',
}

const tensorOf = (datatype: string, bytes: Buffer, dims: number[]): TensorData => {
  const { buffer } = Uint8Array.from(bytes)
  if (datatype === 'FP32') return { type: 'float32', data: new Float32Array(buffer), dims }
  if (datatype === 'FP16') return { type: 'float16', data: new Uint16Array(buffer), dims }
  if (datatype === 'INT64') return { type: 'int64', data: new BigInt64Array(buffer), dims }
  if (datatype === 'UINT8') return { type: 'uint8', data: new Uint8Array(buffer), dims }
  throw new Error(`unexpected datatype ${datatype}`)
}

interface RequestHead {
  inputs: { name: string; shape: number[]; datatype: string; parameters: { binary_data_size: number } }[]
  outputs: { name: string; parameters: { binary_data: boolean } }[]
}

const bodyOf = async (request: IncomingMessage) => {
  const pieces: Buffer[] = []
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece)
  return Buffer.concat(pieces)
}

interface ResponseOutput {
  name: string
  datatype: string
  shape: number[]
  parameters: { binary_data_size: number }
  bytes: Buffer
}

/** @param models by the names that they are served under */
export const startInferenceServer = async (
  models: Readonly<Record<string, string | Uint8Array>>,
): Promise<InferenceServer> => {
  const sessions = new Map<string, Session>()
  const seen: string[] = []
  const inferred: string[] = []
  const planned: Lie[] = []
  const open = (graph: string | Uint8Array) => createSession(graph, { provider: 'cpu', threads: 0 })
  for (const [name, graph] of Object.entries(models)) sessions.set(name, await open(graph))

  const json = (response: ServerResponse, status: number, value: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

  const tell = (name: string, { inputs, outputs }: Session) => {
    const slots = (all: Session['inputs']) =>
      all.map((slot) => ({
        name: slot.name,
        datatype: datatypes[slot.type],
        shape: slot.shape.map((one) => (typeof one === 'number' ? one : -1)),
      }))
    return {
      name,
      versions: ['1'],
      platform: 'onnxruntime_onnx',
      inputs: slots(inputs),
      outputs: slots(outputs),
    }
  }

  const run = async (session: Session, head: RequestHead, tensors: Buffer): Promise<ResponseOutput[]> => {
    let at = 0
    const feeds: Record<string, TensorData> = {}
    for (const { name, shape, datatype, parameters } of head.inputs) {
      const bytes = tensors.subarray(at, (at += parameters.binary_data_size))
      feeds[name] = tensorOf(datatype, bytes, shape)
    }
    if (at !== tensors.length) throw new Error('The request is not as long as it says.')
    const given = await session.runAny(
      feeds,
      head.outputs.map(({ name }) => name),
    )
    return head.outputs.map(({ name, parameters }) => {
      if (!parameters.binary_data) throw new Error('Only binary data is given here.')
      const { type, data, dims } = given[name]!
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
      return {
        name,
        datatype: datatypes[type]!,
        shape: [...dims],
        parameters: { binary_data_size: bytes.length },
        bytes,
      }
    })
  }

  const lieAbout = (outputs: ResponseOutput[], lie: Lie | undefined): ResponseOutput[] => {
    const [first, ...others] = outputs as [ResponseOutput, ...ResponseOutput[]]
    if (lie === 'wrong-shape') return [{ ...first, shape: [1, ...first.shape] }, ...others]
    if (lie === 'wrong-type') return [{ ...first, datatype: 'INT64' }, ...others]
    if (lie === 'not-a-number')
      return [{ ...first, bytes: Buffer.alloc(first.bytes.length, 0xff) }, ...others]
    if (lie === 'wrong-length')
      return [{ ...first, parameters: { binary_data_size: 8 }, bytes: first.bytes.subarray(0, 8) }, ...others]
    if (lie === 'too-few') return others
    if (lie === 'twice') return [first, ...outputs]
    return outputs
  }

  const infer = async (
    name: string,
    session: Session,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const body = await bodyOf(request)
    inferred.push(name)
    const lie = planned.shift()
    if (lie === 'silent') return
    if (lie === 'redirect') return response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    if (lie === 'error') return json(response, 500, { error: 'out of memory on device 0' })
    if (lie === 'page')
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>Sign in</title>')
    const headLength = Number(request.headers['inference-header-content-length'])
    const head = JSON.parse(body.toString('utf8', 0, headLength)) as RequestHead
    const outputs = lieAbout(await run(session, head, body.subarray(headLength)), lie)
    const said = Buffer.from(
      JSON.stringify({
        model_name: name,
        model_version: lie === 'other-version' ? '2' : '1',
        outputs: outputs.map(({ name: output, datatype, shape, parameters }) => ({
          name: output,
          datatype,
          shape,
          parameters,
        })),
      }),
    )
    const whole = Buffer.concat([said, ...outputs.map(({ bytes }) => bytes)])
    const headers: Record<string, string> = { 'content-type': 'application/octet-stream' }
    if (lie !== 'no-head')
      headers['inference-header-content-length'] = String(lie === 'wrong-head' ? 10 ** 8 : said.length)
    if (lie === 'too-long') {
      headers['content-length'] = String(10 ** 9)
      return void response.writeHead(200, headers).write(whole)
    }
    if (lie === 'endless') {
      response.writeHead(200, headers)
      const more = () => {
        if (response.destroyed) return
        response.write(Buffer.alloc(2 ** 20), () => setImmediate(more))
      }
      return more()
    }
    if (lie === 'broken-off') {
      response.writeHead(200, { ...headers, 'content-length': String(whole.length) })
      return response.write(whole.subarray(0, whole.length - 100), () => response.destroy())
    }
    response.writeHead(200, { ...headers, 'content-length': String(whole.length) }).end(whole)
  }

  const server = createServer((request, response) => {
    const path = request.url ?? ''
    seen.push(`${request.method ?? ''} ${path}`)
    const answer = async () => {
      if (path === '/v2/health/ready') return response.writeHead(200).end()
      const name = decodeURIComponent(/^\/v2\/models\/([^/]+)/.exec(path)?.[1] ?? '')
      const session = sessions.get(name)
      if (session === undefined) return json(response, 404, { error: `Request for unknown model: '${name}'` })
      if (path.endsWith('/infer')) return infer(name, session, request, response)
      return json(response, 200, tell(name, session))
    }
    answer().catch((thrown: unknown) => json(response, 400, { error: String(thrown) }))
  })
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    inferred,
    plan: (...lies) => void planned.push(...lies),
    async serve(name, graph) {
      await sessions.get(name)?.dispose()
      sessions.delete(name)
      if (graph !== null) sessions.set(name, await open(graph))
    },
    goAway: stop,
    comeBack: () => listen(port),
    async close() {
      if (server.listening) await stop()
      for (const session of sessions.values()) await session.dispose()
    },
  }
}
