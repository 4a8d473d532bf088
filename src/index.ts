import {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';

const plugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-prodready:plugin',
  autoStart: true,
  activate: (app: JupyterFrontEnd) => undefined
};

export default plugin;
