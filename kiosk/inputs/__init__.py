"""Small adapters: what a person did, in any of the ways, becomes an Invocation."""

from kiosk.inputs.intake import Intake

__all__ = ["Intake"]
