/** The address of a server, as a person types it. */
import { said } from './said.ts'

export interface ServerUrl {
  /** Without a slash at its end. */
  readonly url: string
  /** Photos can be read on their way: neither encrypted nor on this machine. */
  readonly isOpen: boolean
}

const SHAPE =
  /^(?<scheme>https?):\/\/(?<host>\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(?<port>:\d{1,5})?(?<path>\/[^\s?#]*)?$/i

const isLoopback = (host: string) =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)

/** @returns what is wrong with it, in words, or the address */
export const parseServerUrl = (typed: string): ServerUrl | { readonly fault: string } => {
  const text = typed.trim()
  const example = said('It looks like http://gpu.local:8000.')
  if (!/^https?:\/\//i.test(text))
    return { fault: `${said('The address must begin with http:// or https://.')} ${example}` }
  if (/^[^/]+\/\/[^/]*@/.test(text))
    return {
      fault: said('A name or password in the address would be kept where others can read it. Leave it out.'),
    }
  if (/[?#]/.test(text)) return { fault: `${said('The address must end before "?" and "#".')} ${example}` }
  const found = SHAPE.exec(text)?.groups
  if (found === undefined) return { fault: `${said('This is no address.')} ${example}` }
  const { scheme = '', host = '', port = '', path = '' } = found
  const [protocol, name] = [scheme.toLowerCase(), host.toLowerCase()]
  // A person may have copied the protocol's own path too.
  const base = path.replace(/\/+$/, '').replace(/\/v2$/, '')
  return {
    url: `${protocol}://${name}${port}${base}`,
    isOpen: protocol === 'http' && !isLoopback(name),
  }
}
