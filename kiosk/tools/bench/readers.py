"""What stands for readers of the public edition: programs of Debian's."""


class NoReaders(Exception):  # noqa: N818 - what the machine lacks, for a person
    """Says what to install."""

    def __init__(self, name: str, packages: str) -> None:
        super().__init__(
            f"{name} is not installed on this machine; on Debian: "
            f"sudo apt-get install --no-install-recommends {packages}"
        )
