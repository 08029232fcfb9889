// Which docker command this is: its version, and texts that differ between versions.
import type { EngineVersion } from '../docker/versions.ts'

/** The versions whose help and texts were recorded; a newer one speaks as the newest of them. */
export type Release = '20.10' | '26.1' | '28.5'

export interface ClientVersion {
  readonly release: Release
  readonly version: string
  /** As after `build` in `docker --version`. */
  readonly gitCommit: string
  readonly apiVersion: string
  readonly goVersion: string
  readonly buildTime: string
  /** After `Client:` in `docker version`; empty in a distribution's own package. */
  readonly platformName: string
}

export const clients: Readonly<Record<EngineVersion, ClientVersion>> = {
  '20.10': {
    release: '20.10',
    version: '20.10.24+dfsg1',
    gitCommit: '297e128',
    apiVersion: '1.41',
    goVersion: 'go1.19.8',
    buildTime: 'Thu May 18 08:38:34 2023',
    platformName: '',
  },
  '26.1': {
    release: '26.1',
    version: '26.1.5+dfsg1',
    gitCommit: 'a72d7cd',
    apiVersion: '1.45',
    goVersion: 'go1.24.4',
    buildTime: 'Wed Jul 30 19:37:01 2025',
    platformName: '',
  },
  '28.5': {
    release: '28.5',
    version: '28.5.2+dfsg4',
    gitCommit: '9cc6dea35e9a963f281434761c656fba4ac43aed',
    apiVersion: '1.51',
    goVersion: 'go1.25.5',
    buildTime: 'Thu May 14 11:27:54 2026',
    platformName: '',
  },
  today: {
    release: '28.5',
    version: '29.1.3',
    gitCommit: 'f52814d',
    apiVersion: '1.52',
    goVersion: 'go1.25.5',
    buildTime: 'Fri Dec 12 14:49:51 2025',
    platformName: 'Docker Engine - Community',
  },
}

const order: readonly Release[] = ['20.10', '26.1', '28.5']

export function isAtLeast(release: Release, since: Release): boolean {
  return order.indexOf(release) >= order.indexOf(since)
}

/** A text that may have changed: under a release, what it was up to and with that release; `now` since then. */
export type Text = string | { readonly '20.10'?: string; readonly '26.1'?: string; readonly now: string }

export function textFor(text: Text, release: Release): string {
  if (typeof text === 'string') return text
  if (release === '20.10') return text['20.10'] ?? text['26.1'] ?? text.now
  return release === '26.1' ? (text['26.1'] ?? text.now) : text.now
}
