// A static file server with the strict headers that the page must live under. For `npm start` and
// the page's tests; it serves one folder, to this machine only, and writes nothing.
import { createServer } from 'node:http'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Advice } from './say.mjs'

export const strictPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "img-src 'self' blob: data:",
  "style-src 'self'",
  "worker-src 'self'",
].join('; ')

const kHost = '127.0.0.1'
const kDefaultPort = 4173
// How many ports after the default one are tried when nobody chose one.
const kPortsTried = 20

const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.sqlite': 'application/vnd.sqlite3',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
}

// The file under `root` that a request's path names: an address without an extension is a view of
// the page, so it gives index.html. null when the path is malformed or leaves the folder.
export function fileFor(root, url) {
  let path
  try {
    path = decodeURIComponent(new URL(url, 'http://page').pathname)
  } catch {
    return null
  }
  if (path.includes('\0')) return null
  const file = normalize(join(root, extname(path) === '' ? 'index.html' : path))
  return file.startsWith(normalize(root).replace(/[\\/]$/, '') + sep) ? file : null
}

async function answer(root, headers, request, response) {
  const refuse = (status, text) => {
    response.writeHead(status, { ...headers, 'content-type': 'text/plain; charset=utf-8' })
    response.end(`${text}\n`)
  }
  if (!['GET', 'HEAD'].includes(request.method)) return refuse(405, 'Only GET and HEAD.')
  const file = fileFor(root, request.url)
  const found = file && (await stat(file).catch(() => null))
  if (!found?.isFile()) return refuse(404, `There is no ${request.url} here.`)
  response.writeHead(200, {
    ...headers,
    'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
  })
  if (request.method === 'HEAD') return response.end()
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response)
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, kHost, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

// Serves the folder `root` with the strict policy on every answer (`headers` adds or replaces some)
// and returns { url, port, close() }. Port 0 is any free one. Fails with the system's EADDRINUSE.
export async function serve({ root, port = 0, headers = {} }) {
  const all = {
    'content-security-policy': strictPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
    ...headers,
  }
  const server = createServer((request, response) => {
    answer(root, all, request, response).catch(() => response.destroy())
  })
  await listen(server, port)
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  const bound = server.address().port
  return { url: `http://localhost:${bound}/`, port: bound, close }
}

// The port that the PORT variable asks for, or null when it is not set. Fails with an Advice.
export function chosenPort(text) {
  if (text === undefined || text === '') return null
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port
  throw new Advice(`PORT is "${text}", which is no port: use a number from 0 to 65535.`)
}

// Serves on the port PORT names, and on no other; without PORT, on the first free one from 4173.
export async function serveOnFreePort({ root, portText, first = kDefaultPort }) {
  const chosen = chosenPort(portText)
  const ports =
    chosen === null ? Array.from({ length: kPortsTried }, (_, i) => first + i) : [chosen]
  for (const port of ports) {
    try {
      return await serve({ root, port })
    } catch (error) {
      if (error.code === 'EACCES') {
        throw new Advice(`Port ${port} needs root: set PORT to a number above 1023.`)
      }
      if (error.code !== 'EADDRINUSE') throw error
    }
  }
  const advice = 'stop what uses it, or choose another, for instance PORT=8080 npm start.'
  if (chosen !== null) throw new Advice(`Port ${chosen}, named by PORT, is in use: ${advice}`)
  throw new Advice(`Ports ${ports[0]} to ${ports.at(-1)} are all in use: choose one with PORT.`)
}
