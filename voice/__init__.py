"""Spoken commands, offline: sound -> Utterance -> IntentMatch. Knows no screen and no network."""
