/** A hash of a text that server part and page both have: see `hash_of` in server/jobs.py. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc;
});

/** Length and CRC-32 of the text in UTF-8; `crypto.subtle` is missing without TLS. */
export function hashOf(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  }
  const hex = ((crc ^ 0xffffffff) >>> 0).toString(16).padStart(8, '0');
  return `${bytes.length}-${hex}`;
}
