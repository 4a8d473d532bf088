import React from 'react';

import { Actions, Button } from './buttons';
import type { IExtractProps } from './extract-props';
import { Glyph } from './glyph';
import { Inline } from './inline';

/** What the person's kernel holds otherwise than the page that the plan goes by. */
export function LiveNotice({
  differs,
  state,
  trans
}: IExtractProps): JSX.Element | null {
  if (!differs) {
    return null;
  }
  return (
    <div className="jp-Prodready-notice" role="note">
      <Glyph name="warning" />
      <div>
        <p>
          <Inline text={differs.message} />
        </p>
        <p className="jp-Prodready-hint">
          {trans.__('The extraction goes by the page, from top to bottom.')}
        </p>
        <Actions>
          <Button
            label={differs.label}
            disabled={state.busy}
            onClick={differs.run}
          />
        </Actions>
      </div>
    </div>
  );
}
