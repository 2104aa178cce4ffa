"""`python -m gsdcheck` is the command line."""

from gsdcheck.cli import main

if __name__ == "__main__":
    main()
