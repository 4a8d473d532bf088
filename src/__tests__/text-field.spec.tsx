import React from 'react';

import { TextField } from '../components/text-field';
import { host, show } from './views';

describe('a field that an answer fills in', () => {
  const typed = jest.fn();
  const field = () => host.querySelector('input') as HTMLInputElement;
  const showValue = (value: string) =>
    show(<TextField value={value} onType={typed} />);
  const selected = () =>
    field().value.slice(field().selectionStart ?? 0, field().selectionEnd ?? 0);

  it('selects what it was filled with under the cursor', () => {
    showValue('');
    field().focus();
    showValue('make_train');
    expect(selected()).toBe('make_train');
  });

  it('leaves a word alone that was typed', () => {
    showValue('');
    field().focus();
    field().setRangeText('double', 0, 0, 'end');
    field().dispatchEvent(new Event('input', { bubbles: true }));
    expect(typed).toHaveBeenCalledWith('double');
    showValue('double');
    expect(selected()).toBe('');
  });

  it('leaves the cursor where an answer only tidies the word', () => {
    showValue('my train');
    field().focus();
    field().setSelectionRange(2, 2);
    showValue('my_train');
    expect(selected()).toBe('');
  });
});
