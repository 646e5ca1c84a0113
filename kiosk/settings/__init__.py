"""Every setting of the kiosk: model, loading, and errors that say what to mend."""

from kiosk.settings.loading import SettingsError, dump, load, load_resolved, site_file
from kiosk.settings.model import Settings

__all__ = ["Settings", "SettingsError", "dump", "load", "load_resolved", "site_file"]
