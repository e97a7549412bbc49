"""The one error a user of the commands gets to read."""


class Problem(Exception):  # noqa: N818 # `raise Problem` reads as what it is
    """Something the user can mend, said as one sentence: what, where, what would be right.

    Attributes:
        exit_code: What the command ends with; `harness.__main__` lists the meanings.
    """

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code
