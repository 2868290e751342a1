import { expect, test } from 'vitest'
import { eventOf } from './server-event.ts'

test('a block of a stream of events has a name and lines of data; a comment has neither', () => {
  expect(eventOf('event: rooms\ndata: [1,\ndata: 2]')).toEqual({ name: 'rooms', data: '[1,\n2]' })
  expect(eventOf('data:plain')).toEqual({ name: '', data: 'plain' })
  expect(eventOf(': nothing new')).toEqual({ name: '', data: '' })
  expect(eventOf('retry: 3000')).toEqual({ name: '', data: '' })
})
