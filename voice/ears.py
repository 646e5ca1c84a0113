"""Everything between sound and answer for one language, loaded once."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from voice.events import Answer
from voice.grammar import Grammar, load_grammar
from voice.judge import Judge
from voice.matcher import Matcher
from voice.model_files import Endpoints, find_model, with_endpoints
from voice.recogniser import Heard, Recogniser, SpeechModel, load_model
from voice.second_look import SecondLook

_USES_OF_A_RECOGNISER = 50  # its search graph grows with use; building one takes 0.2 s


class Ears:
    """A loaded model: one recogniser that starts afresh for each stretch of listening, a judge."""

    def __init__(self, matcher: Matcher, model: SpeechModel) -> None:
        self.matcher = matcher
        self._model = model
        self._judge = Judge(matcher, SecondLook(model).evidence)
        self._recogniser = Recogniser(model, matcher)
        self._uses = 0

    def listen(self) -> Recogniser:
        """The recogniser with nothing heard. The one of an earlier call is the same object."""
        self._uses += 1
        if self._uses % _USES_OF_A_RECOGNISER == 0:
            self._recogniser = Recogniser(self._model, self.matcher)
        else:
            self._recogniser.restart()
        return self._recogniser

    def decide(self, heard: Heard, t_ms: int) -> Answer | None:
        return self._judge.decide(heard, t_ms)


def load_ears(
    config: Path,
    *,
    matcher: Matcher | None = None,
    grammar: Callable[[], Grammar] | None = None,
    model_dir: Path | None = None,
    cache_dir: Path | None = None,
) -> Ears:
    """Loads the model for a language folder (`config/voice/ko`): about 2 s and 600 MB; the grammar,
    of that folder alone unless `grammar` makes another, is read meanwhile.

    With `cache_dir` the model gets our endpoint rules through a linked copy there. Raises
    VoiceError: GrammarError, ModelError or VocabularyError.
    """
    directory = find_model(config.name, model_dir)
    if cache_dir is not None:
        directory = with_endpoints(directory, cache_dir, Endpoints())
    model: Future[Any] = Future()
    # A daemon: a process that is told to stop does not wait for the model.
    threading.Thread(target=_fulfil, args=(model, directory), name="model", daemon=True).start()
    try:
        matcher = matcher or Matcher(grammar() if grammar else load_grammar(config))
    except BaseException:
        model.exception()  # nobody is left behind loading
        raise
    return Ears(matcher, SpeechModel.of(model.result(), matcher, config))


def _fulfil(model: "Future[Any]", directory: Path) -> None:
    try:
        model.set_result(load_model(directory))
    except BaseException as error:
        model.set_exception(error)
