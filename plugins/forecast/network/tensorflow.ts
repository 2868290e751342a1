import type * as core from '@tensorflow/tfjs-core'

/** The library, whichever backend computes. */
export type Tensorflow = typeof core
