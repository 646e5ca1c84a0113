"""JSON Schemas lie beside the data of the standards; they describe data and hold none."""

from kiosk.backend.connectors.normal import NotUnderstood


def refuse_schema(document: object) -> None:
    """Raises NotUnderstood when the document is a JSON Schema."""
    if not isinstance(document, dict):
        return
    described = isinstance(document.get("properties"), dict) and (
        isinstance(document.get("required"), list) or document.get("type") == "object"
    )
    items = document.get("items")
    listed = document.get("type") == "array" and isinstance(items, dict)
    if "$schema" in document or described or listed:
        raise NotUnderstood("this is a JSON Schema: it describes data and holds none")
