export * from './timetable/contract.ts'
export * from './rooms/contract.ts'
export * from './devices/contract.ts'
export * from './lessons/contract.ts'
