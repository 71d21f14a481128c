const accents: Record<string, string> = {
  a: 'áá',
  e: 'éé',
  i: 'íí',
  o: 'óó',
  u: 'úú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
  c: 'ç',
  n: 'ñ',
  s: 'š',
  y: 'ý',
  z: 'ž',
  S: 'Š',
  C: 'Ç',
  N: 'Ñ',
};

/** English made a third longer and visibly not English, to find texts that are cut, glued or not translated. */
export function pseudo(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => accents[letter] ?? letter);
}

/** Takes away the marks that Fluent puts round placeables, for matching, titles and files. */
export function plain(text: string): string {
  return text.replace(/[\u2068\u2069]/g, '');
}
