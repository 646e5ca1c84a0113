"""The national traffic system (openapi.its.go.kr): cameras and events on motorways and roads."""
