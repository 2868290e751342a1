export * from './definition.ts'
export * from './weighting.ts'
export * from './route.ts'
