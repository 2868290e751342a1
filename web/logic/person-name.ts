interface Named {
  familyName: string
  givenName: string
  patronymic: string | null
}

/** The whole name, family name first, as it stands in documents. */
export function personName({ familyName, givenName, patronymic }: Named): string {
  return [familyName, givenName, patronymic].filter(Boolean).join(' ')
}
