"""Open data: what the public is told, for programs. JSON, CSV, OGC API Features and NGSI-LD."""
