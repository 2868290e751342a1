import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as core from '@tensorflow/tfjs-core'
import { registerGradients } from './gradients.ts'
import type { Tensorflow } from './tensorflow.ts'

export const backendNames = ['tensorflow', 'wasm', 'cpu'] as const
export type BackendName = (typeof backendNames)[number]
export interface Backend {
  tf: Tensorflow
  name: BackendName
}

let loaded: Promise<Backend> | undefined

/**
 * TensorFlow.js on the fastest backend that this machine has: native where @tensorflow/tfjs-node is installed and loads (it does not on
 * Node 23 and newer, tensorflow/tfjs issue 8609), else WebAssembly, else plain JavaScript. Loaded once for a process. README.md says
 * how far their numbers differ.
 */
export async function loadBackend(): Promise<Backend> {
  loaded ??= loadFastest()
  return await loaded
}

async function loadFastest(): Promise<Backend> {
  if (await loadNative()) {
    registerGradients(core)
    return { tf: core, name: 'tensorflow' }
  }
  return await chooseBackend((await loadWasm()) ? 'wasm' : 'cpu')
}

/** A backend by name, for comparing them. */
export async function chooseBackend(name: 'wasm' | 'cpu'): Promise<Backend> {
  registerGradients(core)
  if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu')
  else await loadWasm()
  await core.setBackend(name)
  await core.ready()
  return { tf: core, name }
}

async function loadNative(): Promise<boolean> {
  const name = '@tensorflow/tfjs-node'
  try {
    createRequire(import.meta.url).resolve(name)
  } catch {
    return false
  }
  try {
    await import(name)
    return await core.setBackend('tensorflow')
  } catch (error) {
    process.emitWarning(`${name} is installed and does not load, forecasts go without it: ${String(error)}`)
    return false
  }
}

async function loadWasm(): Promise<boolean> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
  const entry = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')
  setWasmPaths(`${dirname(entry)}/`)
  return await core.setBackend('wasm')
}
