import * as React from 'react';
import { useEffect, useRef } from 'react';

/**
 * A field that an answer may fill in. What it is filled with while somebody is in it is
 * selected, so that typing replaces it: their word would be put behind it otherwise.
 */
export function TextField(props: {
  readonly value: string;
  readonly title?: string;
  readonly placeholder?: string;
  readonly onType: (value: string) => void;
}): JSX.Element {
  const { onType, placeholder, title, value } = props;
  const field = useRef<HTMLInputElement>(null);
  const before = useRef(value);
  useEffect(() => {
    const isFilledIn = before.current === '' && value !== '';
    before.current = value;
    if (isFilledIn && field.current === document.activeElement) {
      field.current?.select();
    }
  }, [value]);
  return (
    <input
      ref={field}
      type="text"
      spellCheck={false}
      value={value}
      title={title}
      placeholder={placeholder}
      onChange={event => {
        before.current = event.target.value;
        onType(event.target.value);
      }}
    />
  );
}
