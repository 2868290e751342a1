export * from './definition.ts'
export * from './access.ts'
export * from './weighting.ts'
export * from './route.ts'
