/** Minor units of what was typed, undefined if it cannot be read: `1 234,50`, `1,234.50`, `12500`. */
export function parseMoney(typed: string, digits: number): number | null | undefined {
  const text = typed
    .replace(/[\s\u00a0\u202f']/g, '')
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
  if (text === '') return null;
  if (!/^\d[\d.,]*$/.test(text)) return undefined;
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
  const after = last < 0 ? 0 : text.length - last - 1;
  const mark = last < 0 ? '' : text.charAt(last);
  // One kind of mark with three digits behind it groups thousands; otherwise the last mark is the decimal one.
  const single = text.split(mark).length === 2;
  const both = text.includes('.') && text.includes(',');
  const decimal = last >= 0 && (both || single) && after <= digits && after > 0;
  const grouped = last >= 0 && !decimal && after === 3;
  if (last >= 0 && !decimal && !grouped) return undefined;
  const whole = (decimal ? text.slice(0, last) : text).replace(/[.,]/g, '');
  const part = decimal ? text.slice(last + 1).padEnd(digits, '0') : '0'.repeat(digits);
  const minor = Number(whole + part);
  return Number.isSafeInteger(minor) ? minor : undefined;
}

export function moneyText(minor: number | null, digits: number): string {
  if (minor === null) return '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  const part = digits === 0 ? '' : text.slice(-digits);
  return /^0*$/.test(part) ? whole : `${whole}.${part}`;
}
