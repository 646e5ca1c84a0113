"""What every group of settings is."""

import msgspec


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a settings file: each field has title, description and bounds."""
