import { readFile, stat } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const projectDir = fileURLToPath(new URL('../../', import.meta.url))

// Addresses mirror the tree, so that imports between the two folders mean the same in the browser as here.
const servedFolders = ['web/', 'local/console/page/']
const indexPath = 'local/console/page/index.html'

const contentTypes: Readonly<Record<string, string>> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** A file of the page, ready to be sent. */
export type Asset = { readonly body: string; readonly contentType: string; readonly etag: string }

/** Gives the page's files by their address; TypeScript is stripped once for each version of a file. */
export function createAssets(): (pathname: string) => Promise<Asset | undefined> {
  const cache = new Map<string, Asset>()
  return async (pathname) => {
    const path = pathname === '/' ? indexPath : decode(pathname)?.slice(1)
    if (path === undefined || path !== normalize(path)) return undefined
    if (!servedFolders.some((folder) => path.startsWith(folder))) return undefined
    const contentType = contentTypes[extname(path)]
    if (!contentType) return undefined
    const file = await stat(projectDir + path).catch(() => undefined)
    if (!file?.isFile()) return undefined
    const etag = `"${file.size.toString(36)}-${Math.round(file.mtimeMs).toString(36)}"`
    const known = cache.get(path)
    if (known?.etag === etag) return known
    const text = await readFile(projectDir + path, 'utf8')
    const asset = {
      body: path.endsWith('.ts') ? stripTypeScriptTypes(text) : text,
      contentType,
      etag,
    }
    cache.set(path, asset)
    return asset
  }
}

function decode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
