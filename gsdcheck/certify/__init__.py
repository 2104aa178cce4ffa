"""The trusted core: what it says has been checked. It imports python-flint, model and errors, nothing else."""
