import type { TranslationBundle } from '@jupyterlab/translation';
import { refreshIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { INotebookReport, IProblem } from '../tokens';
import { ExtractSheetView } from './extract';
import type { IExtractProps } from './extract-props';
import { InstallNotice, type IInstallRunProps } from './install';
import { EmptyNotice, OutdatedNotice, ProblemNotice } from './notice';
import { Problems, type IRowContext } from './problems';
import { RestartSection, type IRestartProps } from './restart';
import { SuggestionList, type ISuggestionsProps } from './suggestions';
import { UnfinishedNotice, type IUnfinishedProps } from './unfinished';
import { Verdict } from './verdict';
import { VerifyButton, VerifyProgress, type IVerifyProps } from './verify';

/** Everything that the panel shows of one notebook. */
export interface INotebookView {
  /** The file's name, for people. */
  readonly name: string;
  readonly path: string;
  readonly report: INotebookReport | null;
  /** The report whose problems are listed. */
  readonly problems: INotebookReport | null;
  readonly problem: IProblem | null;
  /** What is shown is of before a change that is not checked yet. */
  readonly isBetween: boolean;
  /** It is of before a change that nothing checks by itself. */
  readonly isOutdated: boolean;
  readonly rows: IRowContext;
  readonly verify: IVerifyProps;
  readonly restart: IRestartProps;
  /** Null where the sheet is closed, or stands elsewhere. */
  readonly extract: IExtractProps | null;
  readonly unfinished: IUnfinishedProps | null;
  /** Null where none is under way or ended, or where its sheet shows it. */
  readonly install: IInstallRunProps | null;
  readonly suggestions: ISuggestionsProps;
  readonly check: () => void;
}

/** The panel: `notebook` is null where none is open. */
export function ReadinessView(props: {
  readonly trans: TranslationBundle;
  readonly notebook: INotebookView | null;
}): JSX.Element {
  const { notebook, trans } = props;
  if (!notebook) {
    return (
      <EmptyNotice
        text={trans.__(
          'Open a notebook to see whether it would run from a clean start.'
        )}
      />
    );
  }
  const { problems, report, verify } = notebook;
  return (
    <>
      <Header trans={trans} notebook={notebook} />
      {notebook.unfinished && <UnfinishedNotice {...notebook.unfinished} />}
      {notebook.install && <InstallNotice {...notebook.install} />}
      {notebook.isOutdated && !notebook.problem && (
        <OutdatedNotice
          trans={trans}
          isChecked={report !== null}
          onCheck={notebook.check}
        />
      )}
      {notebook.problem ? (
        <ProblemNotice
          problem={notebook.problem}
          trans={trans}
          onRetry={notebook.check}
        />
      ) : report ? (
        <Verdict
          trans={trans}
          verdict={report.verdict}
          isBetween={notebook.isBetween}
        />
      ) : (
        !notebook.isOutdated && <EmptyNotice text={trans.__('Checking…')} />
      )}
      {report && (
        <div className="jp-Prodready-verify">
          <VerifyButton {...verify} />
          <RestartSection {...notebook.restart} />
        </div>
      )}
      <VerifyProgress {...verify} />
      {notebook.extract && <ExtractSheetView {...notebook.extract} />}
      {problems && problems.verdict.state !== 'none' && (
        <Problems {...notebook.rows} report={problems} />
      )}
      <SuggestionList {...notebook.suggestions} />
    </>
  );
}

function Header(props: {
  readonly trans: TranslationBundle;
  readonly notebook: INotebookView;
}): JSX.Element {
  const { notebook, trans } = props;
  return (
    <header className="jp-Prodready-header">
      <span className="jp-Prodready-path" title={notebook.path}>
        {notebook.name}
      </span>
      <button
        type="button"
        className="jp-Prodready-close"
        title={trans.__('Check now')}
        aria-label={trans.__('Check now')}
        onClick={notebook.check}
      >
        <refreshIcon.react tag="span" />
      </button>
    </header>
  );
}
