"""`python -m cunzhao` is the console script."""

from cunzhao.cli import main

if __name__ == "__main__":
    main()
