"""The routes below ``jupyter-prodready/``: HTTP on one side, one call on the other."""
