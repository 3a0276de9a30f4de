"""The console script, and `python -m cunzhao`.

Apart from `cunzhao.cli` because every worker process that a command starts reads this file again.
"""

import gc


def main() -> None:
    gc.disable()  # all that is imported stays: to look through it again and again takes a tenth of the start
    from cunzhao.cli import main as command

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
