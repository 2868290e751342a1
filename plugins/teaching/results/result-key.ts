export interface ResultKey {
  teacher: number
  course: number
  year: number
  term: number
}
